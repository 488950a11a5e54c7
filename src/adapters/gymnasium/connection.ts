/** One WebSocket: the hello, and requests that are answered by their number. */
import { shown } from "../../core/expect.ts";
import { decodeAnswer, type Hello, PROTOCOL, readHello, readText } from "./protocol.ts";

/** The part of a WebSocket that is used: the host's own, or that of the package `ws`. */
export interface Socket {
  /** Set to "arraybuffer". */
  binaryType: string;
  /** Called when it is open. */
  onopen: ((event: never) => void) | null;
  /** Called with each message. */
  onmessage: ((event: never) => void) | null;
  /** Called when it has closed. */
  onclose: ((event: never) => void) | null;
  /** Called at a fault. */
  onerror: ((event: never) => void) | null;
  /** Sends a message. */
  send(data: string | ArrayBuffer): void;
  /** Closes it. */
  close(): void;
}

/** Makes a socket. */
export type SocketMaker = new (url: string) => Socket;

/** What a connection is made with. */
export interface ConnectionSettings {
  readonly url: string;
  readonly hello: { readonly environment?: string; readonly copies: number; readonly token?: string };
  readonly WebSocket: SocketMaker;
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
  /** Bytes of a message, at most, in both directions. */
  readonly most: number;
}

/** An open connection. */
export interface Connection {
  readonly hello: Hello;
  readonly isOpen: boolean;
  /** Sends what `encode` makes of a number, and waits for the answer. @throws Error when the connection drops meanwhile */
  ask(encode: (id: number) => ArrayBuffer): Promise<readonly Float32Array[]>;
  close(): void;
}

interface Waiting {
  resolve(rows: readonly Float32Array[]): void;
  reject(error: Error): void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** @throws Error when the server cannot be reached, refuses, speaks another version, or does not answer in time */
export function connect({ url, hello, WebSocket, timeout, most }: ConnectionSettings): Promise<Connection> {
  const waiting = new Map<number, Waiting>();
  let isOpen = true;
  let next = 1;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    const fail = (error: Error) => {
      isOpen = false;
      clearTimeout(timer);
      reject(error);
      for (const { reject: refuse, timer } of waiting.values()) {
        clearTimeout(timer);
        refuse(error);
      }
      waiting.clear();
      socket.close();
    };
    const late = () => fail(new Error(`${url}: expected an answer within ${timeout} ms, got none`));
    const timer = setTimeout(late, timeout);
    const connection = (greeting: Hello): Connection => ({
      hello: greeting,
      get isOpen() {
        return isOpen;
      },
      ask(encode) {
        const id = next++;
        const message = encode(id);
        if (message.byteLength > most)
          throw new RangeError(`message: expected at most ${most} bytes, got ${message.byteLength}`);
        if (!isOpen)
          return Promise.reject(new Error(`${url}: expected an open connection, got a closed one`));
        return new Promise((answer, refuse) => {
          waiting.set(id, { resolve: answer, reject: refuse, timer: setTimeout(late, timeout) });
          socket.send(message);
        });
      },
      close: () => fail(new Error(`${url}: expected an open connection, got one that was closed`)),
    });
    const receive = (data: unknown) => {
      const size = typeof data === "string" ? data.length : ((data as ArrayBuffer)?.byteLength ?? Infinity);
      if (size > most) throw new Error(`${url}: expected messages of at most ${most} bytes, got ${size}`);
      if (typeof data === "string") {
        const greeting = readText(data);
        if (greeting.protocol === undefined) throw new Error(`${url}: expected numbers, got ${shown(data)}`);
        clearTimeout(timer);
        resolve(connection(readHello(data)));
        return;
      }
      const { id, rows } = decodeAnswer(data as ArrayBuffer);
      const asked = waiting.get(id);
      if (asked === undefined) throw new Error(`${url}: expected the answer to a request, got that to ${id}`);
      waiting.delete(id);
      clearTimeout(asked.timer);
      asked.resolve(rows);
    };
    socket.onopen = () => socket.send(JSON.stringify({ protocol: PROTOCOL, ...hello }));
    socket.onmessage = ({ data }: { readonly data: unknown }) => {
      try {
        receive(data);
      } catch (error) {
        fail(error as Error);
      }
    };
    socket.onerror = () => fail(new Error(`${url}: expected a server, got none that can be reached`));
    socket.onclose = () => fail(new Error(`${url}: expected an open connection, got one that dropped`));
  });
}
