// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gameResult, gameState, message, systemStatus } from "../protocol/testMessages.ts";
import { createArchiveStore } from "../store/archiveStore.ts";
import { ArchiveContext, LookBackContext, StreamContext } from "../store/hooks.ts";
import { createLookBack } from "../store/lookBack.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { BottomBar } from "./BottomBar.tsx";
import { TopBar } from "./TopBar.tsx";

const NOW = 1000;

function open() {
  const store = createStreamStore({ level: "intermediate", language: "en", map: "off" });
  store.setState({ connectionStatus: "connected" });
  const ask = async () => ({ status: 503, text: "" });
  const archive = createArchiveStore(ask);
  const past = createLookBack(ask, store, () => NOW);
  const place = document.body.appendChild(document.createElement("div"));
  act(() =>
    createRoot(place).render(
      <ArchiveContext value={archive}>
        <StreamContext value={store}>
          <LookBackContext value={past.store}>
            <TopBar />
            <BottomBar />
          </LookBackContext>
        </StreamContext>
      </ArchiveContext>,
    ),
  );
  return {
    receive: (...messages: ReturnType<typeof message>[]) =>
      act(() => {
        for (const one of messages) store.getState().receive(one, NOW);
      }),
    facts: () => place.querySelector(".game-facts")?.textContent,
    why: () => place.querySelector(".game-why")?.textContent,
    countdowns: () => place.querySelector(".game-countdowns")?.textContent,
    cost: () => place.querySelector<HTMLElement>("[data-bar=cost]"),
  };
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ now: NOW * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("the facts of the game on screen", () => {
  it("say how far its network is behind training", () => {
    const page = open();
    page.receive(
      message("system_status", systemStatus({ update: 244 }), NOW),
      message("game_state", gameState({ update: 120 }), NOW),
    );
    expect(page.facts()).toContain("network after update 120, 124 updates ago");
    page.receive(message("game_state", gameState({ update: 244 }), NOW));
    expect(page.facts()).toMatch(/network after update 244$|network after update 244[^,]/);
  });

  it("say when the move was played, and by which network", () => {
    const page = open();
    page.receive(
      message("system_status", systemStatus({ update: 233 }), NOW),
      message("game_state", gameState({ update: 231, played_at: NOW - 40 }), NOW),
    );
    expect(page.facts()).toContain("played 40 s ago, after update 231; 2 updates since");
    page.receive(message("game_state", gameState({ update: 233, played_at: NOW - 3 }), NOW));
    expect(page.facts()).toMatch(/played 3 s ago, after update 233($|[^;])/);
    page.receive(message("game_state", gameState({ update: 0, played_at: NOW - 3 }), NOW));
    expect(page.facts()).toContain("played 3 s ago, before any learning");
  });

  it("say why this game is on", () => {
    const page = open();
    page.receive(message("game_state", gameState(), NOW));
    expect(page.why()).toBe("Why this game: The newest finished game.");
    page.receive(message("game_state", gameState({ pick: null }), NOW));
    expect(page.why()).toBeUndefined();
  });

  it("do not tell how many moves are to come", () => {
    const page = open();
    page.receive(message("game_state", gameState({ ply: 79 }), NOW));
    expect(page.facts()).toContain("move 79");
    expect(page.facts()).not.toContain("80");
    page.receive(
      message("game_state", gameState({ ply: 80, total_plies: 80, result: gameResult() }), NOW),
    );
    expect(page.facts()).toContain("move 80 of 80");
  });

  it("call the game's number that of the board", () => {
    const page = open();
    page.receive(message("game_state", gameState({ game_number: 7 }), NOW));
    expect(page.facts()).toContain("Game 7 on this board");
  });
});

describe("the countdowns", () => {
  it("say when the next picture, update and evaluation come", () => {
    const page = open();
    page.receive(
      message(
        "system_status",
        systemStatus({ next_update_at: NOW + 6, next_evaluation_at: NOW + 240 }),
        NOW,
      ),
      message("game_state", gameState({ next_at: NOW + 3 }), NOW),
    );
    expect(page.countdowns()).toBe(
      "next picture in 3 s · next update in about 6 s · next evaluation in about 4 min",
    );
  });

  it("say nothing of what is not known, over at once, or overdue", () => {
    const page = open();
    page.receive(
      message("system_status", systemStatus({ next_update_at: NOW - 1 }), NOW),
      message("game_state", gameState({ next_at: NOW + 0.75 }), NOW),
    );
    expect(page.countdowns()).toBe("");
  });
});

describe("the cost to training", () => {
  it("is shown as the interval that was measured", () => {
    const page = open();
    const { hook } = systemStatus();
    const measured = {
      ...hook,
      impact_pct: 0.13,
      impact_low_pct: -1.73,
      impact_high_pct: 1.99,
      impact_text: "It may cost nothing.",
    };
    page.receive(message("system_status", systemStatus({ hook: measured }), NOW));
    expect(page.cost()?.textContent).toContain("-1.73\u202f% to 1.99\u202f%");
    expect(page.cost()?.textContent).not.toContain("0.13");
    expect(page.cost()?.title).toBe("It may cost nothing.");
  });
});
