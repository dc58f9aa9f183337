import {
  type ClientMessage,
  decode,
  type Hello,
  type ServerMessage,
} from "../protocol/messages.ts";
import { retryDelay, toldDelay } from "./backoff.ts";

/** `silent`: the line stood but said nothing; it has been given up and another is being tried. */
export type ConnectionState = "connecting" | "connected" | "reconnecting" | "silent";

/** What a connection does with a socket. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What a socket tells its connection. */
export interface SocketEvents {
  opened(): void;
  received(data: unknown): void;
  /** `words`: the reason that the showcase gave, if it said goodbye. */
  closed(words?: string): void;
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
  /** Says something now. False if the line is down: then it is never said, as it would be late. */
  send(message: ClientMessage): boolean;
  /** Skips the rest of a waiting time, e.g. when the browser says that it is online again. */
  retryNow(): void;
  close(): void;
}

interface Line {
  socket: Socket | null;
  isOpen: boolean;
  /** Only a line that has said something counts as connected: a mute one may open, too. */
  isHeard: boolean;
}

/** A showcase says how it is once a second; five missed words mean that the line is dead. */
const SILENCE_MS = 5_000;
/** A handshake over a slow network may take longer than that. */
const OPENING_MS = 10_000;

/**
 * A connection that never gives up: it reconnects and says hello again until it is closed. A
 * browser notices a line that was cut off without a word only after minutes; this does at once.
 */
export function connect(options: ConnectionOptions): Connection {
  const random = options.random ?? Math.random;
  let hello = options.hello;
  /** The line in use; what an abandoned one still says is not heard. */
  let line: Line | null = null;
  let attempt = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  function say(message: ClientMessage): boolean {
    if (!line?.isOpen || !line.socket) return false;
    line.socket.send(JSON.stringify(message));
    return true;
  }

  function receive(data: unknown) {
    const decoded = typeof data === "string" ? decode(data) : null;
    if (decoded?.ok) options.onMessage(decoded.message);
    else options.onBadMessage(decoded ? decoded.error : "not text");
  }

  function listen(limit: number, silence: ConnectionState) {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => lose(silence), limit);
  }

  function lose(state: ConnectionState, words = "") {
    const lost = line;
    line = null;
    clearTimeout(watchdog);
    lost?.socket?.close();
    if (closed) return;
    options.onState(state);
    retry = setTimeout(start, toldDelay(words) ?? retryDelay(attempt, random));
    attempt += 1;
  }

  function start() {
    retry = undefined;
    const mine: Line = { socket: null, isOpen: false, isHeard: false };
    line = mine;
    listen(OPENING_MS, "reconnecting");
    mine.socket = options.open({
      opened() {
        if (line !== mine) return;
        mine.isOpen = true;
        listen(SILENCE_MS, "silent");
        say({ type: "hello", data: hello });
      },
      received(data) {
        if (line !== mine) return;
        listen(SILENCE_MS, "silent");
        if (!mine.isHeard) {
          mine.isHeard = true;
          attempt = 0;
          options.onState("connected");
        }
        receive(data);
      },
      closed(words) {
        if (line === mine) lose("reconnecting", words);
      },
    });
  }

  options.onState("connecting");
  start();

  return {
    wish(next) {
      hello = next;
      say({ type: "hello", data: hello });
    },
    send: say,
    retryNow() {
      if (retry === undefined) return;
      clearTimeout(retry);
      start();
    },
    close() {
      closed = true;
      clearTimeout(retry);
      lose("reconnecting");
    },
  };
}
