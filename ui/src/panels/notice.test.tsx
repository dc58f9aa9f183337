// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gameResult, gameState, message } from "../protocol/testMessages.ts";
import { StreamContext } from "../store/hooks.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { Notice } from "./Notice.tsx";

const NOW = 1000;

/** What the board says of a game. */
function said(game: Parameters<typeof gameState>[0]) {
  const store = createStreamStore({ level: "intermediate", language: "en", map: "off" });
  store.setState({ connectionStatus: "connected" });
  const place = document.body.appendChild(document.createElement("div"));
  act(() =>
    createRoot(place).render(
      <StreamContext value={store}>
        <Notice />
      </StreamContext>,
    ),
  );
  act(() => store.getState().receive(message("game_state", gameState(game), NOW), NOW));
  const notice = place.querySelector<HTMLElement>(".notice");
  return [notice?.dataset.notice, notice?.querySelector("strong")?.textContent];
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ now: NOW * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("the notice over the board", () => {
  const drama = { kind: "swing", text: "A swing towards White." } as const;

  it("tells what turned the game, unless it has ended with it", () => {
    expect(said({ drama })).toEqual(["swing", "A swing towards White."]);
    expect(said({ drama, result: gameResult() })).toEqual(["result", "Black wins."]);
    expect(said({})).toEqual([undefined, undefined]);
  });

  it("says first of all that the streamer has paused the game", () => {
    expect(said({ held: true, drama })).toEqual(["held", "Paused by the streamer"]);
  });
});
