import { describe, expect, it } from "vitest";
import { archivedGame } from "../protocol/testMessages.ts";
import { askForGame, askForGames, gameAddress } from "./archive.ts";
import type { Ask } from "./ask.ts";

function answering(status: number, text: string) {
  const asked: string[] = [];
  const ask: Ask = async (address) => {
    asked.push(address);
    return { status, text };
  };
  return { ask, asked };
}

describe("the archive", () => {
  it("is asked for a game by its run and id, whatever is in them", async () => {
    const { ask, asked } = answering(200, JSON.stringify(archivedGame()));
    expect(await askForGame(ask, { run: "my run", game: "a/b.kif", endedBy: null })).toEqual({
      ok: true,
      answer: archivedGame(),
    });
    expect(asked).toEqual(["/api/v1/games/my%20run/a%2Fb%2Ekif"]);
    const game = { run: "run", game: "run-3", endedBy: null };
    expect(gameAddress(game)).toBe("/api/v1/games/run/run-3");
    expect(gameAddress({ ...game, endedBy: 1000.25 }, "kif")).toBe(
      "/api/v1/games/run/run-3.kif?ended_by=1000.25",
    );
  });

  it("is asked for games by what is wished", async () => {
    const { ask, asked } = answering(200, JSON.stringify({ games: [], next: null }));
    expect(await askForGames(ask, { run: "a b", winner: "", order: "newest" })).toEqual({
      ok: true,
      answer: { games: [], next: null },
    });
    expect(asked).toEqual(["/api/v1/games?run=a+b&order=newest"]);
  });

  it("says why there is no answer", async () => {
    const why = async (ask: Ask) => {
      const told = await askForGame(ask, { run: "run", game: "1", endedBy: null });
      return told.ok ? "none" : told.why;
    };
    expect(await why(answering(404, "").ask)).toBe("missing");
    expect(await why(answering(400, '{"code":"bad_field"}').ask)).toBe("refused");
    expect(await why(answering(429, '{"code":"rate_limited"}').ask)).toBe("busy");
    expect(await why(answering(503, '{"code":"rate_limited"}').ask)).toBe("busy");
    expect(await why(answering(503, '{"code":"too_large"}').ask)).toBe("too_long");
    expect(await why(answering(503, '{"code":"unavailable"}').ask)).toBe("unavailable");
    expect(await why(answering(502, "<html>").ask)).toBe("unavailable");
    expect(await why(answering(503, "null").ask)).toBe("unavailable");
    expect(await why(answering(200, "{}").ask)).toBe("unreadable");
    expect(await why(answering(200, "<html>").ask)).toBe("unreadable");
    expect(await why(() => Promise.reject(new TypeError("no network")))).toBe("offline");
  });
});
