import { expectInteger, shown } from "../../core/expect.ts";
import { expectAction } from "../../environments/action.ts";
import type { Action, Environment, Start, Step } from "../../environments/environment.ts";
import { type Connection, connect, type SocketMaker } from "./connection.ts";
import { encodeReset, encodeStep, sizeOf } from "./protocol.ts";

/** Options of {@link gymnasiumEnvironments}. */
export interface GymnasiumOptions {
  /** What Gymnasium calls it, "Hopper-v5" for example. Default: what the server was started with. */
  readonly environment?: string;
  /** Copies of the world, ≥ 1, whose steps travel together where they are asked for in the same turn. Default 1. */
  readonly copies?: number;
  /** The word that the server asks for. Default: none. */
  readonly token?: string;
  /** Milliseconds that an answer may take. Default 30,000. */
  readonly timeout?: number;
  /** Bytes of a message, at most, in both directions. Default 1 MiB. */
  readonly mostBytes?: number;
  /** Default: the host's own, which browsers and Node from 22 have; in Node 20, that of the package `ws`. */
  readonly WebSocket?: SocketMaker;
}

/** Worlds at the other end of a connection. */
export interface RemoteEnvironments {
  /** One for each copy; they answer with promises. */
  readonly environments: readonly Environment[];
  /** Closes the connection. Whatever still waits for an answer fails. */
  close(): void;
}

/**
 * Worlds of Gymnasium in a Python process, over one WebSocket; `examples/gymnasium/server.py` is the server. `train` takes each as it takes
 * any world that answers later.
 *
 * When the connection drops, the step that waits is rejected: a run cuts its episode there, as truncated, and goes on when it is iterated
 * again; the next `reset` connects anew.
 *
 * @param url such as "ws://127.0.0.1:8765"
 * @throws Error when the server cannot be reached, refuses the token, or speaks another version
 *
 * @example
 * let message = "";
 * await gymnasiumEnvironments("ws://127.0.0.1:9", { copies: 0 }).catch((error) => { message = error.message; });
 * message; // "copies: expected a whole number ≥ 1, got 0"
 */
export async function gymnasiumEnvironments(
  url: string,
  { environment, copies = 1, token, timeout = 30_000, mostBytes = 1 << 20, ...given }: GymnasiumOptions = {},
): Promise<RemoteEnvironments> {
  expectInteger("copies", copies, 1);
  expectInteger("timeout", timeout, 1);
  expectInteger("mostBytes", mostBytes, 64);
  const WebSocket = given.WebSocket ?? (globalThis as { WebSocket?: unknown }).WebSocket;
  if (typeof WebSocket !== "function")
    throw new Error(
      `WebSocket: expected a host that has one (browsers, Node from 22), or that of the package ws, got ${shown(WebSocket)}`,
    );
  const hello = {
    copies,
    ...(environment !== undefined && { environment }),
    ...(token !== undefined && { token }),
  };
  const open = () => connect({ url, hello, timeout, most: mostBytes, WebSocket: WebSocket as SocketMaker });
  let current = open();
  const first = await current;
  if (first.hello.copies !== copies)
    throw new Error(`hello: expected ${copies} copies, got ${first.hello.copies}`);
  let isClosed = false;
  const connection = async (): Promise<Connection> => {
    const known = await current.catch(() => undefined);
    if (known?.isOpen) return known;
    if (isClosed) throw new Error(`${url}: expected an open connection, got one that was closed`);
    current = open();
    return current;
  };
  const { observationSpace, actionSpace } = first.hello;
  const [X, A] = [sizeOf(observationSpace), sizeOf(actionSpace)];
  const seen = (row: Float32Array) => (observationSpace.kind === "discrete" ? row[0] : row.slice(0, X));
  const steps = createBatches();
  return {
    environments: Array.from({ length: copies }, (_, copy): Environment => {
      // a step belongs to the connection on which its episode began
      let own: Connection | undefined;
      return {
        observationSpace,
        actionSpace,
        async reset({ seed } = {}): Promise<Start> {
          if (seed !== undefined) expectInteger("seed", seed, 0, 0xffffffff);
          own = await connection();
          const [row] = await own.ask((id) => encodeReset(id, copy, seed));
          expectRow(row, X);
          return { observation: seen(row) };
        },
        async step(action: Action): Promise<Step> {
          if (own === undefined) throw new Error("step: expected reset() first, got no episode");
          expectAction(actionSpace, action);
          const row = await steps(
            own,
            copy,
            typeof action === "number" ? [action] : (action as Float32Array),
          );
          expectRow(row, X + 2);
          const [reward, flags] = row.subarray(X);
          return {
            observation: seen(row),
            reward,
            terminated: (flags & 1) !== 0,
            truncated: (flags & 2) !== 0,
          };
        },
      };
    }),
    close() {
      isClosed = true;
      current.then(
        (known) => known.close(),
        () => {},
      );
    },
  };

  function expectRow(row: Float32Array | undefined, size: number): void {
    if (row?.length !== size)
      throw new Error(`message: expected ${size} numbers (of actions ${A}), got ${row?.length ?? "none"}`);
  }
}

interface Asked {
  readonly copy: number;
  readonly action: ArrayLike<number>;
  resolve(row: Float32Array): void;
  reject(error: unknown): void;
}

/** Steps that are asked for in the same turn travel in one message. */
function createBatches() {
  const waiting = new Map<Connection, Asked[]>();
  const send = (connection: Connection) => {
    const asked = waiting.get(connection) ?? [];
    waiting.delete(connection);
    Promise.resolve()
      .then(() =>
        connection.ask((id) =>
          encodeStep(
            id,
            asked.map(({ copy }) => copy),
            asked.map(({ action }) => action),
          ),
        ),
      )
      .then(
        (rows) => asked.forEach(({ resolve }, i) => void resolve(rows[i])),
        (error) => asked.forEach(({ reject }) => void reject(error)),
      );
  };
  return (connection: Connection, copy: number, action: ArrayLike<number>): Promise<Float32Array> =>
    new Promise((resolve, reject) => {
      const list = waiting.get(connection);
      if (list !== undefined) list.push({ copy, action, resolve, reject });
      else {
        waiting.set(connection, [{ copy, action, resolve, reject }]);
        queueMicrotask(() => send(connection));
      }
    });
}
