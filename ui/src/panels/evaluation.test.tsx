// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EvaluationBar, EvaluationCaption } from "../board/EvaluationBar.tsx";
import type { GameState } from "../protocol/messages.ts";
import { forecast, gameResult, gameState, message } from "../protocol/testMessages.ts";
import { StreamContext } from "../store/hooks.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { GamePanel } from "./GamePanel.tsx";

const NOW = 1000;

/** The bar, its caption and the game's curve at this state of the game. */
function show(changes: Partial<GameState>) {
  const store = createStreamStore({ level: "intermediate", language: "en", map: "off" });
  store.setState({ connectionStatus: "connected" });
  const place = document.body.appendChild(document.createElement("div"));
  act(() =>
    createRoot(place).render(
      <StreamContext value={store}>
        <EvaluationBar />
        <EvaluationCaption />
        <GamePanel />
      </StreamContext>,
    ),
  );
  act(() => store.getState().receive(message("game_state", gameState(changes), NOW), NOW));
  return (selector: string) => place.querySelector<HTMLElement>(selector);
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ now: NOW * 1000 });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("the forecast for Black", () => {
  it("says how many results the network's word is held against", () => {
    const at = show({ black_win_probability: 0.52, forecast: forecast({ games: 64 }) });
    expect({ ...at(".evaluation-bar")?.dataset }).toMatchObject({ source: "network" });
    expect(at(".evaluation-bar")?.title).toContain("Black's expected score: 52 of 100");
    expect(at(".evaluation-bar")?.title).toContain("the results of 64 games");
    expect(at(".evaluation-caption strong")?.textContent).toContain("52");
  });

  it("is the network's alone as long as too few games have ended, and in the archive", () => {
    const early = show({ forecast: forecast({ calibrated: false, games: 3 }) });
    expect(early(".evaluation-bar")?.title).toContain("Too few games");
    const archived = show({ forecast: null });
    expect(archived(".evaluation-bar")?.title).toContain("not held against results");
  });

  it("is the result's after the last move, and nobody's estimate", () => {
    const at = show({
      black_win_probability: 1,
      estimate: { source: "result", update: 3, error: null },
      result: gameResult(),
    });
    expect(at(".evaluation-bar")?.title).not.toContain("network");
    expect(at(".evaluation-caption")?.textContent).toContain("Result for Black");
  });

  it("that is not known is drawn nowhere, not even as an even one", () => {
    const at = show({
      black_win_probability: null,
      estimate: null,
      evaluation_history: [null, null],
    });
    expect(at(".evaluation-bar")?.title).toBe("No forecast of this position");
    expect(at(".evaluation-bar")?.style.getPropertyValue("--share")).toBe("");
    expect(at(".evaluation-black")).toBeNull();
    expect(at(".evaluation-caption strong")?.textContent).toBe("–");
    expect(at(".evaluation-line")?.getAttribute("d")).toBe("");
  });
});
