/** A server of the protocol of `src/adapters/gymnasium/protocol.ts`, in memory: worlds that count what they were told. */
import type { Socket } from "../../src/adapters/gymnasium/connection.ts";
import { PROTOCOL } from "../../src/adapters/gymnasium/protocol.ts";

/** What a test may make the server do. */
export interface StandIn {
  /** To be given as the option of that name. */
  readonly WebSocket: new (
    url: string,
  ) => Socket;
  /** Messages that came, texts and kinds of requests. */
  readonly messages: string[];
  /** Drops all connections. */
  drop(): void;
  /** Requests are no longer answered. */
  silence(): void;
  /** Changes an answer on its way. */
  change: (answer: string | ArrayBuffer) => string | ArrayBuffer;
}

/** Observation (steps so far, seed), reward the action, an end at 5 steps, action box ±1. */
export function standIn({ token }: { readonly token?: string } = {}): StandIn {
  const open = new Set<{ onclose: ((event: never) => void) | null }>();
  const messages: string[] = [];
  let isSilent = false;
  const server: StandIn = {
    messages,
    drop() {
      for (const socket of [...open]) socket.onclose?.({} as never);
      open.clear();
    },
    silence() {
      isSilent = true;
    },
    change: (answer) => answer,
    WebSocket: class implements Socket {
      binaryType = "blob";
      onopen: Socket["onopen"] = null;
      onmessage: Socket["onmessage"] = null;
      onclose: Socket["onclose"] = null;
      onerror: Socket["onerror"] = null;
      #worlds: { steps: number; seed: number }[] = [];

      constructor(url: string) {
        open.add(this);
        setTimeout(() => (url.endsWith(":9") ? this.onerror?.({} as never) : this.onopen?.({} as never)));
      }

      send(data: string | ArrayBuffer): void {
        const answer = typeof data === "string" ? this.#greet(data) : this.#answer(data);
        if (isSilent) return;
        setTimeout(() => {
          if (open.has(this)) this.onmessage?.({ data: server.change(answer) } as never);
        });
      }

      close(): void {
        open.delete(this);
      }

      #greet(text: string): string {
        messages.push(text);
        const hello = JSON.parse(text);
        if (token !== undefined && hello.token !== token)
          return JSON.stringify({ error: "token: expected the server's, got another" });
        this.#worlds = Array.from({ length: hello.copies }, () => ({ steps: 0, seed: 0 }));
        return JSON.stringify({
          ...{ protocol: PROTOCOL, copies: hello.copies },
          observationSpace: { kind: "box", low: [0, null], high: [null, null] },
          actionSpace: { kind: "box", low: [-1], high: [1] },
        });
      }

      #answer(data: ArrayBuffer): ArrayBuffer {
        const words = new Uint32Array(data);
        const [kind, id, third] = words;
        messages.push(kind === 1 ? `reset ${third}` : `step ${[...words.subarray(3, 3 + third)]}`);
        if (kind === 1) {
          this.#worlds[third] = { steps: 0, seed: words[3] === 1 ? words[4] : 7 };
          return answerOf(id, [[0, this.#worlds[third].seed]]);
        }
        const actions = new Float32Array(data, 4 * (3 + third));
        const rows = [...words.subarray(3, 3 + third)].map((copy, i) => {
          const world = this.#worlds[copy];
          world.steps++;
          return [world.steps, world.seed, actions[i], world.steps >= 5 ? 1 : 0];
        });
        return answerOf(id, rows);
      }
    },
  };
  return server;
}

function answerOf(id: number, rows: readonly (readonly number[])[]): ArrayBuffer {
  const numbers = Float32Array.from(rows.flat());
  const out = new Uint8Array(8 + numbers.byteLength);
  out.set(new Uint8Array(Uint32Array.of(id, rows.length).buffer));
  out.set(new Uint8Array(numbers.buffer), 8);
  return out.buffer;
}
