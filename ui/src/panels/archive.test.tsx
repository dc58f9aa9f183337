// @vitest-environment happy-dom
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ArchivedGame } from "../protocol/messages.ts";
import { archivedGame, gameSummary, message, replay } from "../protocol/testMessages.ts";
import { EVERYTHING } from "../store/archiveAddress.ts";
import { createArchiveStore } from "../store/archiveStore.ts";
import { ArchiveContext, StreamContext } from "../store/hooks.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { ArchiveDoor } from "./ArchiveDoor.tsx";
import { ArchivedGamePanel } from "./ArchivedGamePanel.tsx";
import { ArchiveListPanel } from "./ArchiveListPanel.tsx";
import { GameSteps } from "./GameSteps.tsx";

const LIST = {
  games: [gameSummary(), gameSummary({ game_id: "run-4", winner: null })],
  next: "2.4",
};

let root: Root | undefined;

beforeEach(() => vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true));
afterEach(() => act(() => root?.unmount()));

/** The archive's parts of the page, with an archive that answers at once. */
async function open(game: ArchivedGame = archivedGame(), status = 200) {
  const stream = createStreamStore({ level: "intermediate", language: "en", map: "off" });
  const archive = createArchiveStore(async (address) => ({
    status,
    text: JSON.stringify(address.includes("limit=") ? LIST : game),
  }));
  const place = document.body.appendChild(document.createElement("div"));
  const made = createRoot(place);
  root = made;
  await act(async () =>
    made.render(
      <StreamContext value={stream}>
        <ArchiveContext value={archive}>
          <ArchiveDoor />
          <ArchivedGamePanel game={game} ply={1} />
          <GameSteps game={game} ply={1} />
          <ArchiveListPanel />
        </ArchiveContext>
      </StreamContext>,
    ),
  );
  return {
    archive,
    stream,
    at: (selector: string) => place.querySelector<HTMLElement>(selector),
    all: (selector: string) => [...place.querySelectorAll<HTMLElement>(selector)],
    press: (selector: string) =>
      act(async () => place.querySelector<HTMLElement>(selector)?.click()),
    key: (key: string) =>
      act(async () => window.dispatchEvent(new KeyboardEvent("keydown", { key }))),
  };
}

describe("the archive's panels", () => {
  it("are entered and left by one door", async () => {
    const { archive, at, press } = await open();
    await press("[data-archive-door=in]");
    expect(archive.getState().place).toEqual(EVERYTHING);
    expect(at("[data-archive-door]")?.textContent).toBe("Back to live");
    await press("[data-archive-door=out]");
    expect(archive.getState().place).toBeNull();
  });

  it("are not promised in a replay, which keeps no games", async () => {
    const { at, stream } = await open();
    act(() => stream.getState().receive(message("replay", replay(), 1000), 1000));
    expect(at("[data-archive-door]")).toBeNull();
  });

  it("list the games that there are, and open the one that is pressed", async () => {
    const { archive, all, at, press } = await open();
    await press("[data-archive-door=in]");
    expect(all("[data-listed]").map((row) => row.dataset.listed)).toEqual(["run-3", "run-4"]);
    expect(at("[data-more]")).not.toBeNull();
    await press("[data-listed=run-3]");
    expect(archive.getState().place).toEqual({
      run: "run",
      game: "run-3",
      ply: null,
      endedBy: 1000,
    });
    expect(at("[data-listed=run-3]")?.getAttribute("aria-current")).toBe("true");
  });

  it("say of each game which run played it and when", async () => {
    const { at, press } = await open();
    await press("[data-archive-door=in]");
    const when = at("[data-listed=run-3] [data-listed-when]")?.textContent;
    expect(when).toMatch(/^A run · .*19(69|70), \d\d:\d\d$/);
  });

  it("say that only one run's games are listed, and list the others too", async () => {
    const { archive, at, press } = await open();
    await act(async () => archive.getState().go({ ...EVERYTHING, run: "run" }));
    expect(at("[data-scope=run]")?.textContent).toContain("Only games of A run");
    expect(at("[data-listed-when]")?.textContent).not.toContain("A run");
    await press("[data-widen]");
    expect(at("[data-scope]")).toBeNull();
    expect(at("[data-listed-when]")?.textContent).toContain("A run");
  });

  it("say why there is no list", async () => {
    const { at, press } = await open(archivedGame(), 503);
    await press("[data-archive-door=in]");
    expect(at("[data-archive-failed=unavailable]")?.textContent).toMatch(/cannot be read/);
  });

  it("give a game's link and files", async () => {
    const { all, at } = await open();
    expect(at("[data-link]")?.getAttribute("value")).toMatch(
      /\?run=run&game=run-3&ply=1&ended_by=1000$/,
    );
    expect(all("[data-file]").map((link) => link.getAttribute("href"))).toEqual([
      "/api/v1/games/run/run-3.kif?ended_by=1000",
      "/api/v1/games/run/run-3.csa?ended_by=1000",
      "/api/v1/games/run/run-3.usi?ended_by=1000",
      "/api/v1/games/run/run-3.jkf?ended_by=1000",
      "/api/v1/games/run/run-3?ended_by=1000",
    ]);
  });

  it("name openings and castles, and what is not kept", async () => {
    const { at } = await open(archivedGame({ moves_thought_of: 1, unreadable_from: 1 }));
    expect(at("[data-plan=black]")?.textContent).toMatch(/static rook/i);
    expect(at("[data-plan=white]")?.textContent).toMatch(/Mino/);
    expect(at("[data-gap=thoughts]")?.textContent).toMatch(/1 of 2/);
    expect(at("[data-gap=unreadable]")?.textContent).toMatch(/move 2/);
    expect((await open()).at("[data-gap]")).toBeNull();
  });

  it("lead through a game by button and key", async () => {
    const { archive, at, key, press } = await open();
    await act(async () =>
      archive.getState().go({ run: "run", game: "run-3", ply: 1, endedBy: null }),
    );
    await press("[data-step=forward]");
    expect(archive.getState().place?.ply).toBe(2);
    await key("Home");
    expect(archive.getState().place?.ply).toBe(0);
    await key("x");
    expect(archive.getState().place?.ply).toBe(0);
    expect(at("[data-steps]")?.dataset.stepsLast).toBe("2");
  });
});
