import { describe, expect, it } from "vitest";
import { archivedGame, gameSummary } from "../protocol/testMessages.ts";
import { EVERYTHING } from "./archiveAddress.ts";
import { createArchiveStore, plyOf } from "./archiveStore.ts";

const GAME = { run: "run", game: "run-3", ply: null, endedBy: null };

/** An archive whose answers come when the test says so. */
function archive() {
  const asked: string[] = [];
  const waiting: ((answer: { status: number; text: string }) => void)[] = [];
  const store = createArchiveStore((address) => {
    asked.push(address);
    return new Promise((answer) => waiting.push(answer));
  });
  async function answer(number: number, data: unknown, status = 200) {
    waiting[number]?.({ status, text: JSON.stringify(data) });
    // The store goes on when everything that waits has been done.
    await new Promise((done) => setTimeout(done, 0));
  }
  return { store, asked, answer, state: () => store.getState() };
}

const page = (ids: string[], next: string | null = null) => ({
  games: ids.map((game_id) => gameSummary({ game_id })),
  next,
});
const listed = ({ list }: { list: { games: readonly { game_id: string }[] } }) =>
  list.games.map(({ game_id }) => game_id);

describe("the archive's list", () => {
  it("is asked for when the archive is opened, and not before", async () => {
    const { asked, answer, state } = archive();
    expect(asked).toEqual([]);
    state().go(EVERYTHING);
    expect(asked).toEqual(["/api/v1/games?order=newest&limit=50"]);
    expect(state().list.looking).toBe(true);
    await answer(0, page(["1", "2"]));
    expect(listed(state())).toEqual(["1", "2"]);
    expect(state().list.looking).toBe(false);
  });

  it("grows by what comes behind it", async () => {
    const { asked, answer, state } = archive();
    state().go(EVERYTHING);
    await answer(0, page(["1"], "2.17"));
    state().more();
    expect(asked[1]).toBe("/api/v1/games?order=newest&limit=50&after=2.17");
    await answer(1, page(["2"]));
    expect(listed(state())).toEqual(["1", "2"]);
    state().more();
    expect(asked).toHaveLength(2);
  });

  it("begins anew with another wish, and leaves out what comes too late", async () => {
    const { asked, answer, state } = archive();
    state().go(EVERYTHING);
    state().wish({ castle: "mino" });
    expect(asked[1]).toBe("/api/v1/games?castle=mino&order=newest&limit=50");
    await answer(1, page(["mino"]));
    await answer(0, page(["late"]));
    expect(listed(state())).toEqual(["mino"]);
  });

  it("stays when one of its games is opened, and is that of a run when the run is", () => {
    const { asked, state } = archive();
    state().go(EVERYTHING);
    state().go(GAME);
    expect(asked.filter((address) => address.includes("?"))).toHaveLength(1);
    state().go({ ...EVERYTHING, run: "run" });
    expect(asked.at(-1)).toBe("/api/v1/games?run=run&order=newest&limit=50");
  });

  it("says whose games it has, and takes in the others when that is wished", async () => {
    const { asked, answer, state } = archive();
    state().go(GAME);
    expect(state().scope).toBe("run");
    await answer(0, archivedGame());
    state().widen();
    expect(state().scope).toBeNull();
    expect(asked.at(-1)).toBe("/api/v1/games?order=newest&limit=50");
    expect(state().view.kind).toBe("open");
  });

  it("says why it is not there, and is asked for again", async () => {
    const { asked, answer, state } = archive();
    state().go(EVERYTHING);
    await answer(0, {}, 503);
    expect(state().list.failed).toBe("unavailable");
    state().more();
    expect(asked).toHaveLength(2);
    await answer(1, page(["1"]));
    expect(listed(state())).toEqual(["1"]);
    expect(state().list.failed).toBeNull();
  });
});

describe("a game of the archive", () => {
  it("is opened at its position", async () => {
    const { asked, answer, state } = archive();
    state().go({ ...GAME, ply: 1 });
    expect(asked[0]).toBe("/api/v1/games/run/run-3");
    expect(state().view.kind).toBe("looking");
    await answer(0, archivedGame());
    expect(state().view).toEqual({ kind: "open", game: archivedGame() });
    expect(plyOf(state().place, archivedGame())).toBe(1);
  });

  it("is led through without being asked for again, and not beyond its ends", async () => {
    const { asked, answer, state } = archive();
    state().go(GAME);
    await answer(0, archivedGame());
    for (const [wished, reached] of [
      [1, 1],
      [9, 2],
      [-1, 0],
    ] as const) {
      state().goTo(wished);
      expect(state().place?.ply).toBe(reached);
    }
    expect(asked.filter((address) => !address.includes("?"))).toHaveLength(1);
  });

  it("stays until the next one is there", async () => {
    const { answer, state } = archive();
    state().go(GAME);
    await answer(0, archivedGame());
    state().go({ ...GAME, game: "run-4" });
    expect(state().place?.game).toBe("run-3");
    state().goTo(1);
    expect(state().place?.ply).toBe(GAME.ply); // or this game's step would take the next one's place
    const other = archivedGame({ game: gameSummary({ game_id: "run-4" }) });
    await answer(2, other);
    expect(state().place?.game).toBe("run-4");
    expect(state().view).toEqual({ kind: "open", game: other });
  });

  it("is the one that had ended by a time, and asked for as that from then on", async () => {
    const { asked, answer, state } = archive();
    state().go({ ...GAME, ply: 2, endedBy: 1500.5 });
    expect(asked[0]).toBe("/api/v1/games/run/run-3?ended_by=1500.5");
    await answer(0, archivedGame());
    expect(state().place).toEqual({ ...GAME, ply: 2, endedBy: 1000 });
    state().go({ ...GAME, endedBy: 1000 });
    state().go(GAME);
    expect(asked.filter((address) => !address.includes("limit"))).toEqual([
      "/api/v1/games/run/run-3?ended_by=1500.5",
      "/api/v1/games/run/run-3",
    ]);
  });

  it("is asked for again when it was not there", async () => {
    const { asked, answer, state } = archive();
    state().go(GAME);
    await answer(0, { code: "rate_limited" }, 429);
    expect(state().view).toEqual({ kind: "failed", why: "busy" });
    state().go(state().place);
    expect(asked.at(-1)).toBe("/api/v1/games/run/run-3");
    await answer(2, archivedGame());
    expect(state().view.kind).toBe("open");
  });

  it("does not come back when the show was returned to in the meantime", async () => {
    const { answer, state } = archive();
    state().go(GAME);
    state().go(null);
    await answer(0, archivedGame());
    expect(state().place).toBeNull();
    expect(state().view.kind).toBe("none");
  });

  it("says why it is not there", async () => {
    const { answer, state } = archive();
    state().go(GAME);
    await answer(0, {}, 404);
    expect(state().view).toEqual({ kind: "failed", why: "missing" });
  });
});
