import { describe, expect, it } from "vitest";
import { eventsAddress, LineChoice, openEvents, type Source } from "./events.ts";

class TestSource implements Source {
  onmessage: Source["onmessage"] = null;
  onerror: Source["onerror"] = null;
  wasClosed = false;
  readonly address: string;
  constructor(address: string) {
    this.address = address;
  }
  close() {
    this.wasClosed = true;
  }
}

async function line() {
  const sources: TestSource[] = [];
  const told: string[] = [];
  const socket = openEvents(
    "/events",
    {
      opened: () => told.push("opened"),
      received: (data) => told.push(`received ${data}`),
      closed: () => told.push("closed"),
    },
    (address) => {
      const source = new TestSource(address);
      sources.push(source);
      return source;
    },
  );
  const hello = (level: string) => socket.send(JSON.stringify({ type: "hello", data: { level } }));
  await Promise.resolve();
  return { socket, sources, told, hello };
}

describe("eventsAddress", () => {
  it("has what the hello wishes", () => {
    expect(
      eventsAddress("/events", {
        level: "beginner",
        language: "ja",
        channels: ["game", "system"],
        max_fps: 10,
      }),
    ).toBe("/events?level=beginner&language=ja&channels=game%2Csystem&max_fps=10");
  });
});

describe("openEvents", () => {
  it("opens with the hello, and hands over what comes", async () => {
    const { sources, told, hello } = await line();
    expect(told).toEqual(["opened"]);
    expect(sources).toHaveLength(0);
    hello("beginner");
    expect(sources[0]?.address).toBe("/events?level=beginner");
    sources[0]?.onmessage?.(new MessageEvent("message", { data: "a" }));
    expect(told).toEqual(["opened", "received a"]);
  });

  it("opens anew with other wishes, and hears the old line no more", async () => {
    const { sources, told, hello } = await line();
    hello("beginner");
    hello("advanced");
    expect(sources[0]?.wasClosed).toBe(true);
    expect(sources[1]?.address).toBe("/events?level=advanced");
    sources[0]?.onerror?.(new Event("error"));
    expect(told).toEqual(["opened"]);
  });

  it("ends with the first error: when to come back is for the connection to say", async () => {
    const { sources, told, hello } = await line();
    hello("beginner");
    sources[0]?.onerror?.(new Event("error"));
    expect(sources[0]?.wasClosed).toBe(true);
    expect(told).toEqual(["opened", "closed"]);
  });

  it("says nothing but hellos", async () => {
    const { socket, sources } = await line();
    socket.send(JSON.stringify({ type: "control", data: {} }));
    expect(sources).toHaveLength(0);
  });
});

describe("LineChoice", () => {
  it("stays with WebSockets as long as they say something", () => {
    const choice = new LineChoice();
    for (let i = 0; i < 5; i += 1) {
      choice.ended(i % 2 === 0);
      expect(choice.next()).toBe("socket");
    }
  });

  it("takes events after two that never did, and tries one more when they end", () => {
    const choice = new LineChoice();
    choice.ended(false);
    expect(choice.next()).toBe("socket");
    choice.ended(false);
    expect(choice.next()).toBe("events");
    choice.ended(true);
    expect(choice.next()).toBe("socket");
    choice.ended(false);
    expect(choice.next()).toBe("events");
  });

  it("tries both in turn while nothing is heard", () => {
    const choice = new LineChoice();
    const tried = Array.from({ length: 6 }, () => {
      const next = choice.next();
      choice.ended(false);
      return next;
    });
    expect(tried).toEqual(["socket", "socket", "events", "socket", "events", "socket"]);
  });
});
