import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerMessage } from "../protocol/messages.ts";
import { message, systemStatus } from "../protocol/testMessages.ts";
import { connect, type SocketEvents } from "./connection.ts";

/** A server as seen from the socket: what it was told, and what it does. */
class Line {
  readonly sent: string[] = [];
  wasClosed = false;
  readonly events: SocketEvents;

  constructor(events: SocketEvents) {
    this.events = events;
  }

  send(text: string) {
    this.sent.push(text);
  }

  close() {
    this.wasClosed = true;
    this.events.closed();
  }
}

function watch() {
  const lines: Line[] = [];
  const states: string[] = [];
  const messages: ServerMessage[] = [];
  const problems: string[] = [];
  const connection = connect({
    open: (events) => {
      const line = new Line(events);
      lines.push(line);
      return line;
    },
    hello: { level: "beginner", language: "en" },
    onState: (state) => states.push(state),
    onMessage: (received) => messages.push(received),
    onBadMessage: (reason) => problems.push(reason),
    random: () => 1,
  });
  const line = () => lines.at(-1) as Line;
  /** The newest line opens, and the showcase answers. */
  const answer = () => {
    line().events.opened();
    line().events.received(JSON.stringify(message("system_status", systemStatus())));
  };
  return { connection, lines, line, answer, states, messages, problems };
}

describe("connect", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("says hello as its first word", () => {
    const { line } = watch();
    line().events.opened();
    expect(line().sent.map((text) => JSON.parse(text))).toEqual([
      { type: "hello", data: { level: "beginner", language: "en" } },
    ]);
  });

  it("hands over what decode accepts", () => {
    const { line, messages } = watch();
    line().events.opened();
    line().events.received(JSON.stringify(message("system_status", systemStatus())));
    expect(messages.map(({ type }) => type)).toEqual(["system_status"]);
  });

  it.each([
    ["not JSON", "{"],
    ["an unknown type", '{"type":"gossip","timestamp":1,"seq":1,"data":{}}'],
    ["a field of the wrong type", '{"type":"error","timestamp":1,"seq":1,"data":{"code":3}}'],
    ["bytes instead of text", new ArrayBuffer(3)],
  ])("refuses %s and stays connected", (_, data) => {
    const { line, messages, problems, states } = watch();
    line().events.opened();
    line().events.received(data);
    expect(messages).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(states.at(-1)).toBe("connected");
  });

  it("reconnects after a loss and says hello again, with the latest wishes", () => {
    const { connection, line, lines, answer, states } = watch();
    answer();
    connection.wish({ level: "advanced", language: "ja" });
    line().events.closed();
    expect(states.at(-1)).toBe("reconnecting");
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(2);
    answer();
    expect(line().sent).toEqual(['{"type":"hello","data":{"level":"advanced","language":"ja"}}']);
    expect(states.at(-1)).toBe("connected");
  });

  it("waits longer each time it fails, and starts over after a success", () => {
    const { line, lines, answer } = watch();
    line().events.closed();
    vi.advanceTimersByTime(500);
    line().events.closed();
    vi.advanceTimersByTime(999);
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(lines).toHaveLength(3);
    answer();
    line().events.closed();
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(4);
  });

  it("comes back when a showcase that stops has said", () => {
    const { line, lines, answer } = watch();
    answer();
    line().events.closed("return in 3.25 s");
    vi.advanceTimersByTime(3249);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(lines).toHaveLength(2);
    line().events.closed("stalled");
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(3);
  });

  it("tells a change of wishes at once while connected", () => {
    const { connection, line } = watch();
    line().events.opened();
    connection.wish({ level: "advanced" });
    expect(line().sent.at(-1)).toBe('{"type":"hello","data":{"level":"advanced"}}');
  });

  it("keeps a wish made before the line is open for the hello", () => {
    const { connection, line } = watch();
    connection.wish({ level: "advanced" });
    expect(line().sent).toEqual([]);
    line().events.opened();
    expect(line().sent).toEqual(['{"type":"hello","data":{"level":"advanced"}}']);
  });

  it("skips the waiting time when told that the network is back", () => {
    const { connection, line, lines } = watch();
    line().events.closed();
    connection.retryNow();
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(10_000);
    expect(lines).toHaveLength(2);
  });

  it("stays closed once it is closed", () => {
    const { connection, line, lines } = watch();
    line().events.opened();
    connection.close();
    vi.advanceTimersByTime(60_000);
    expect(line().wasClosed).toBe(true);
    expect(lines).toHaveLength(1);
  });

  it("says so after 5 s without a word, and reconnects", () => {
    const { line, lines, answer, states } = watch();
    answer();
    vi.advanceTimersByTime(4_999);
    expect(states.at(-1)).toBe("connected");
    vi.advanceTimersByTime(1);
    expect(states.at(-1)).toBe("silent");
    expect(line().wasClosed).toBe(true);
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(2);
    answer();
    expect(states.at(-1)).toBe("connected");
  });

  it("is not connected to a showcase that opens its line and stays mute", () => {
    const { line, lines, answer, states } = watch();
    answer();
    vi.advanceTimersByTime(5_500);
    line().events.opened();
    vi.advanceTimersByTime(5_000);
    expect(lines).toHaveLength(2);
    expect(states).toEqual(["connecting", "connected", "silent", "silent"]);
  });

  it("takes any word as a sign of life, even one it cannot read", () => {
    const { line, states } = watch();
    line().events.opened();
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(4_000);
      line().events.received("{");
    }
    expect(states.at(-1)).toBe("connected");
  });

  it("does not hear a line any more that it has given up", () => {
    const { lines, answer, messages, states } = watch();
    answer();
    vi.advanceTimersByTime(5_500);
    answer();
    lines[0]?.events.received(JSON.stringify(message("system_status", systemStatus())));
    lines[0]?.events.closed();
    expect(messages).toHaveLength(2); // the two answers
    expect(states.at(-1)).toBe("connected");
  });

  it("gives up a line that does not open within 10 s", () => {
    const { lines, states } = watch();
    vi.advanceTimersByTime(10_500);
    expect(lines).toHaveLength(2);
    expect(states).toEqual(["connecting", "reconnecting"]);
  });

  it("sends what the page says while connected", () => {
    const { connection, line } = watch();
    line().events.opened();
    expect(connection.send({ type: "hello", data: { max_fps: 5 } })).toBe(true);
    expect(line().sent.at(-1)).toBe('{"type":"hello","data":{"max_fps":5}}');
  });

  it("refuses to send over a lost line, and does not send it late", () => {
    const { connection, line } = watch();
    line().events.opened();
    line().events.closed();
    expect(connection.send({ type: "hello", data: { max_fps: 5 } })).toBe(false);
    vi.advanceTimersByTime(500);
    line().events.opened();
    expect(line().sent).toEqual(['{"type":"hello","data":{"level":"beginner","language":"en"}}']);
  });
});
