import { decode, type Hello, type ServerMessage } from "../protocol/messages.ts";
import { retryDelay } from "./backoff.ts";

export type ConnectionState = "connecting" | "connected" | "reconnecting";

/** What a connection does with a socket. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What a socket tells its connection. After `closed` it says nothing more. */
export interface SocketEvents {
  opened(): void;
  received(data: unknown): void;
  closed(): void;
}

export interface ConnectionOptions {
  open: (events: SocketEvents) => Socket;
  hello: Hello;
  onState: (state: ConnectionState) => void;
  onMessage: (message: ServerMessage) => void;
  /** A frame that decode() refused; the connection goes on. */
  onBadMessage: (reason: string) => void;
  random?: () => number;
}

export interface Connection {
  /** Changes the viewer's wishes: sent now if connected, and with every later hello. */
  wish(hello: Hello): void;
  /** Skips the rest of a waiting time, e.g. when the browser says that it is online again. */
  retryNow(): void;
  close(): void;
}

/** A connection that never gives up: it reconnects and says hello again until it is closed. */
export function connect(options: ConnectionOptions): Connection {
  const random = options.random ?? Math.random;
  let hello = options.hello;
  let socket: Socket | null = null;
  let isOpen = false;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  function receive(data: unknown) {
    const decoded = typeof data === "string" ? decode(data) : null;
    if (decoded?.ok) options.onMessage(decoded.message);
    else options.onBadMessage(decoded ? decoded.error : "not text");
  }

  function lost() {
    socket = null;
    isOpen = false;
    if (closed) return;
    options.onState("reconnecting");
    timer = setTimeout(start, retryDelay(attempt, random));
    attempt += 1;
  }

  function start() {
    timer = undefined;
    socket = options.open({
      opened() {
        isOpen = true;
        attempt = 0;
        socket?.send(JSON.stringify(hello));
        options.onState("connected");
      },
      received: receive,
      closed: lost,
    });
  }

  options.onState("connecting");
  start();

  return {
    wish(next) {
      hello = next;
      if (isOpen) socket?.send(JSON.stringify(hello));
    },
    retryNow() {
      if (timer === undefined) return;
      clearTimeout(timer);
      start();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
