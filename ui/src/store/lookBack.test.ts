import { describe, expect, it } from "vitest";
import { gameState, message, milestone } from "../protocol/testMessages.ts";
import { createLookBack } from "./lookBack.ts";
import { createStreamStore } from "./streamStore.ts";

const RANGE = { from: 1000, to: 2000 };

/** A past in which a move is played every second, and whose answers come when the test says so. */
function past() {
  const asked: URLSearchParams[] = [];
  const waiting: (() => void)[] = [];
  let range = RANGE;
  let now = 5000;
  let refusal: { status: number; text: string } | null = null;
  const live = createStreamStore({ level: "intermediate", language: "en", map: "off" });

  function frames(wishes: URLSearchParams): string {
    const from = Number(wishes.get("from"));
    const to = Math.min(Number(wishes.get("to")), range.to);
    // As it is sent: a series is packed.
    const history = { from: 0, to: 0, points: "" };
    const at = (second: number) =>
      JSON.stringify(
        message("game_state", gameState({ ply: second - 1000 }), second),
        (key, value) => (key === "evaluation_history" ? history : value),
      );
    const lines = wishes.get("present") === "yes" ? [at(Math.floor(from))] : [];
    for (let second = Math.floor(from) + 1; second <= to; second += 1) lines.push(at(second));
    return `${lines.join("\n")}\n`;
  }
  const { store, shown } = createLookBack(
    (address) =>
      new Promise((answer) => {
        const [path, query] = address.split("?");
        const wishes = new URLSearchParams(query);
        if (path === "/api/v1/frames") asked.push(wishes);
        waiting.push(() =>
          answer(
            refusal ?? {
              status: 200,
              text: path === "/api/v1/frames" ? frames(wishes) : JSON.stringify(range),
            },
          ),
        );
      }),
    live,
    () => now,
  );
  async function answerAll() {
    while (waiting.length > 0) {
      for (const answer of waiting.splice(0)) answer();
      await new Promise((done) => setTimeout(done, 0));
    }
  }
  return {
    asked,
    answerAll,
    shown,
    live,
    state: () => store.getState(),
    ply: () => shown.getState().latest.game_state?.data.ply,
    refuse: (status: number) => {
      refusal = { status, text: "" };
    },
    goOn: (to: number) => {
      range = { ...range, to };
    },
    async pass(seconds: number) {
      now += seconds;
      store.getState().tick(seconds);
      await answerAll();
    },
  };
}

describe("a look into the past", () => {
  it("is the show itself until it is opened", async () => {
    const { state, pass, asked } = past();
    expect(state().moment).toBeNull();
    await pass(10);
    expect(asked).toEqual([]);
  });

  it("begins a minute ago, and plays", async () => {
    const { state, answerAll, pass, ply, shown } = past();
    state().open();
    await answerAll();
    expect(state().moment).toBe(1940);
    expect(ply()).toBe(940);
    expect(shown.getState().connectionStatus).toBe("connected");
    await pass(3);
    expect(state().moment).toBe(1943);
    expect(ply()).toBe(943);
  });

  it("begins at a moment, and no earlier than there is anything", async () => {
    const { state, answerAll, ply } = past();
    state().open(1500);
    await answerAll();
    expect(ply()).toBe(500);
    state().seek(3);
    await answerAll();
    expect(state().moment).toBe(1000);
    expect(ply()).toBe(0);
  });

  it("pauses, goes on, and is faster or slower", async () => {
    const { state, answerAll, pass, ply } = past();
    state().open(1500);
    await answerAll();
    state().pause();
    await pass(10);
    expect(ply()).toBe(500);
    state().play();
    state().setSpeed(4);
    await pass(2);
    expect(ply()).toBe(508);
  });

  it("asks for more before it runs out, each second once", async () => {
    const { state, answerAll, pass, ply, asked } = past();
    state().open(1500);
    await answerAll();
    for (let second = 0; second < 60; second += 1) await pass(1);
    expect(ply()).toBe(560);
    const asks = asked.map((wishes) => [
      wishes.get("from"),
      wishes.get("to"),
      wishes.get("present"),
    ]);
    expect(asks.slice(0, 3)).toEqual([
      ["1500", "1520", "yes"],
      ["1520", "1540", "no"],
      ["1540", "1560", "no"],
    ]);
  });

  it("waits for what it does not know", async () => {
    const { state, pass, answerAll } = past();
    state().open(1500);
    await answerAll();
    state().tick(100);
    expect(state().moment).toBe(1520);
    await answerAll();
    await pass(1);
    expect(state().moment).toBe(1521);
  });

  it("goes on beside the show, and is back in it when it has caught up", async () => {
    const { state, pass, answerAll, goOn, ply } = past();
    state().open(1990);
    await answerAll();
    for (let second = 1; second <= 30; second += 1) {
      goOn(2000 + second);
      await pass(1);
    }
    expect(ply()).toBe(1020);
    state().setSpeed(8);
    await pass(5);
    await pass(5);
    expect(state().moment).toBeNull();
  });

  it("tells ages by the clock of then", async () => {
    const { state, answerAll, shown, pass } = past();
    state().open(1500);
    await answerAll();
    await pass(2);
    const { clockOffset, replay } = shown.getState();
    expect(5002 + clockOffset).toBe(1502);
    expect(replay?.shown_at).toBe(1502);
  });

  it("forgets what it showed when it goes elsewhere", async () => {
    const { state, answerAll, shown } = past();
    state().open(1500);
    await answerAll();
    shown
      .getState()
      .receive(message("milestone", { milestone: milestone({ key: "dragon" }) }, 1500), 5000);
    state().seek(1200);
    await answerAll();
    expect(shown.getState().milestones.list).toEqual([]);
    expect(shown.getState().moves.map(({ ply }) => ply)).toEqual([200]);
  });

  it("asks for one thing at a time, and shows what was wished last", async () => {
    const { state, answerAll, asked, ply } = past();
    state().open(1500);
    await answerAll();
    const before = asked.length;
    for (const moment of [1100, 1200, 1300, 1400]) state().seek(moment);
    await answerAll();
    expect(ply()).toBe(400);
    expect(asked.length - before).toBe(2);
  });

  it("speaks the viewer's language, wherever it is chosen", async () => {
    const { state, answerAll, asked, live, shown, ply } = past();
    state().open(1500);
    await answerAll();
    shown.getState().change({ language: "ja" });
    await answerAll();
    expect(live.getState().language).toBe("ja");
    expect(shown.getState().language).toBe("ja");
    expect(asked.at(-1)?.get("language")).toBe("ja");
    expect(ply()).toBe(500);
    live.getState().change({ map: "activity" });
    expect(shown.getState().map).toBe("activity");
  });

  it("stands still while it is paused, its clock too", async () => {
    const { state, answerAll, shown, pass } = past();
    state().open(1500);
    await answerAll();
    state().pause();
    await pass(7);
    expect(5007 + shown.getState().clockOffset).toBe(1500);
  });

  it("is back in the show at its end", async () => {
    const { state, answerAll, pass } = past();
    state().open(1500);
    await answerAll();
    state().seek(2000);
    await answerAll();
    await pass(0.1);
    expect(state().moment).toBeNull();
  });

  it("misses nothing that comes while it asks", async () => {
    const { state, answerAll, asked, goOn } = past();
    state().open(1995);
    await answerAll();
    goOn(2030);
    expect(asked.at(-1)?.get("to")).toBe("2000");
  });

  it("says that the show of then is over when another has begun", async () => {
    const { state, answerAll, pass, goOn } = past();
    state().open(1995);
    await answerAll();
    goOn(1200);
    await pass(2);
    expect(state().failed).toBe("missing");
  });

  it("says why there is none, and is tried again", async () => {
    const { state, answerAll, refuse } = past();
    refuse(404);
    state().open();
    await answerAll();
    expect(state().failed).toBe("missing");
    expect(state().isLooking).toBe(false);
  });

  it("leaves out what comes when it is over", async () => {
    const { state, answerAll } = past();
    state().open(1500);
    await answerAll();
    state().seek(1200);
    state().goLive();
    await answerAll();
    expect(state().moment).toBeNull();
    expect(state().isLooking).toBe(false);
  });
});
