// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { GameState, Language } from "../protocol/messages.ts";
import { forecast, gameResult, gameState, message } from "../protocol/testMessages.ts";
import { StreamContext } from "../store/hooks.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { ForecastStrip } from "./ForecastStrip.tsx";

const NOW = 1000;

function show(changes: Partial<GameState>, language: Language = "en") {
  const store = createStreamStore({ level: "intermediate", language, map: "off" });
  store.setState({ connectionStatus: "connected" });
  const place = document.body.appendChild(document.createElement("div"));
  act(() =>
    createRoot(place).render(
      <StreamContext value={store}>
        <ForecastStrip />
      </StreamContext>,
    ),
  );
  act(() => store.getState().receive(message("game_state", gameState(changes), NOW), NOW));
  return place;
}

const rows = (place: HTMLElement) =>
  [...place.querySelectorAll("[data-chance]")].map((row) => row.textContent?.trim());

beforeEach(() => vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true));
afterEach(() => document.body.replaceChildren());

describe("the forecast beside the board", () => {
  it("has a number and a word for each result", () => {
    const chances = { win: 0.425, draw: 0.2, loss: 0.375 };
    expect(rows(show({ forecast: forecast(chances) }))).toEqual([
      "Black 43%",
      "Draw 20%",
      "White 37%",
    ]);
    expect(rows(show({ forecast: forecast(chances) }, "ja"))).toEqual([
      "先手 43%",
      "引分 20%",
      "後手 37%",
    ]);
  });

  it("prints its record, and in full what that counts", () => {
    const record = { right: 8, of: 11, even: 4 };
    const line = show({ forecast: forecast({ record }) }).querySelector(".forecast-record");
    expect(line?.textContent).toBe("Halfway, it was on the right side in 8 of 11 games");
    expect(line?.getAttribute("title")).toContain("on the loser's 3 times, and about even 4 times");
  });

  it("prints no record before there is one, and says that it is not calibrated", () => {
    const record = { right: 0, of: 0, even: 0 };
    const place = show({ forecast: forecast({ record, calibrated: false }) });
    expect(place.querySelector(".forecast-record")).toBeNull();
    expect(place.textContent).toContain("Not calibrated yet");
  });

  it("tells what the network alone says to those who are told", () => {
    expect(show({ forecast: forecast() }).querySelector(".forecast-raw")).toBeNull();
    expect(show({ forecast: forecast({ raw: 0.614 }) }).textContent).toContain("Network alone: 61");
  });

  it("gives way to the result after the last move", () => {
    const place = show({ forecast: null, result: gameResult({ winner: "white" }) });
    expect(place.querySelector("h2")?.textContent).toBe("Result");
    expect(rows(place)).toEqual(["Black 0%", "Draw 0%", "White 100%"]);
  });

  it("is not there where nothing is known", () => {
    expect(show({ forecast: null }).textContent).toBe("");
  });
});
