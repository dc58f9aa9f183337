// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConnectionState } from "../connection/connection.ts";
import {
  connectionEstablished,
  gameResult,
  gameState,
  message,
  movePredictions,
  ppoMetrics,
  replay,
  systemStatus,
} from "../protocol/testMessages.ts";
import { LookBackContext, StreamContext } from "../store/hooks.ts";
import { createLookBack } from "../store/lookBack.ts";
import type { Settings } from "../store/settings.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { LearningProgressPanel } from "./LearningProgressPanel.tsx";
import { MovePredictionPanel } from "./MovePredictionPanel.tsx";
import { Notice } from "./Notice.tsx";
import { PPOMetricsPanel } from "./PPOMetricsPanel.tsx";
import { TopBar } from "./TopBar.tsx";

const NOW = 1000;

/** The panels as a viewer has them, at second 1000 of a connected server. */
function open(settings: Partial<Settings> = {}) {
  const store = createStreamStore({
    level: "intermediate",
    language: "en",
    map: "destinations",
    ...settings,
  });
  store.setState({ connectionStatus: "connected" });
  const past = createLookBack(
    async () => ({ status: 503, text: "" }),
    store,
    () => NOW,
  );
  const place = document.body.appendChild(document.createElement("div"));
  act(() =>
    createRoot(place).render(
      <StreamContext value={store}>
        <LookBackContext value={past.store}>
          <TopBar />
          <Notice />
          <PPOMetricsPanel />
          <MovePredictionPanel />
          <LearningProgressPanel />
        </LookBackContext>
      </StreamContext>,
    ),
  );
  return {
    receive: (...messages: ReturnType<typeof message>[]) =>
      act(() => {
        for (const one of messages) store.getState().receive(one, NOW);
      }),
    lose: (how: ConnectionState = "reconnecting") =>
      act(() => store.getState().setConnectionStatus(how)),
    choose: (settings: Partial<Settings>) => act(() => store.getState().change(settings)),
    at: (selector: string) => place.querySelector<HTMLElement>(selector),
    face: (name: string) => place.querySelector<HTMLElement>(`[data-panel=${name}]`)?.dataset.face,
    store,
  };
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ now: NOW * 1000 });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("the top bar", () => {
  it("counts nothing of a run that there is not", () => {
    const page = open();
    page.receive(message("system_status", systemStatus({ run: null, update: 0, games: 0 }), NOW));
    expect(page.at("[data-bar=update]")).toBeNull();
    expect(page.at("[data-bar=games]")).toBeNull();
    expect(page.at("[data-bar=viewers]")).not.toBeNull();
    page.receive(message("system_status", systemStatus({ update: 3 }), NOW + 1));
    expect(page.at("[data-bar=update]")?.dataset.value).toBe("3");
  });
});

describe("the panels", () => {
  it("wait with words", () => {
    const page = open();
    expect(page.face("health")).toBe("waiting");
    expect(page.at("[data-panel=health]")?.textContent).toContain("usually under 30 s");
  });

  it("show a metric as it was received, with its update", () => {
    const page = open();
    page.receive(message("ppo_metrics", ppoMetrics(), NOW));
    expect(page.face("health")).toBe("live");
    expect({ ...page.at("[data-metric=kl_divergence]")?.dataset }).toMatchObject({
      value: "0.0123",
      update: "3",
    });
  });

  it("colour the newest value by itself and the words by what they speak of", () => {
    const page = open();
    const metrics = ppoMetrics();
    metrics.readings = metrics.readings.map((one) => ({
      ...one,
      value: 0.06,
      newest: "exploring",
    }));
    page.receive(message("ppo_metrics", metrics, NOW));
    const card = page.at("[data-metric=kl_divergence]");
    expect(card?.querySelector(".newest")?.className).toContain("status-exploring");
    expect(card?.querySelector(".sparkline-end")?.getAttribute("class")).toContain("exploring");
    expect(card?.querySelector("[data-health]")?.textContent).toBe("steady steps");
    expect(card?.dataset).toMatchObject({ health: "healthy", newest: "exploring" });
  });

  it("name the guide's source, and where there is none show no guide", () => {
    const page = open();
    page.receive(message("ppo_metrics", ppoMetrics(), NOW));
    const card = page.at("[data-metric=kl_divergence]");
    expect(card?.querySelector(".metric-guide")?.textContent).toBe(
      "run aims at 0.012, ε²/2 = 0.02",
    );
    expect(card?.querySelector(".sparkline-guide")).not.toBeNull();
    const metrics = ppoMetrics();
    metrics.readings = metrics.readings.map((one) => ({ ...one, guide: null, guide_text: "" }));
    page.receive(message("ppo_metrics", metrics, NOW));
    expect(card?.querySelector(".sparkline-guide")).toBeNull();
  });

  it("name formula, range and source to whoever wants to know", () => {
    const page = open({ level: "advanced" });
    page.receive(message("ppo_metrics", ppoMetrics(), NOW));
    const source = page.at("[data-metric=kl_divergence] .metric-source");
    expect(source?.querySelector("math")).not.toBeNull();
    expect(source?.textContent).toMatch(/Values: 0 … ∞\. .*Huang et al\. 2022/);
  });

  it("show no tick while too little is known to say", () => {
    const page = open();
    const metrics = ppoMetrics();
    metrics.educational = { ...metrics.educational, level: null, state: "too early to say" };
    page.receive(message("ppo_metrics", metrics, NOW));
    const lead = page.at("[data-panel=health] .lead [data-health]");
    expect(lead?.dataset.health).toBe("");
    expect(lead?.className).toContain("status-unknown");
  });

  it("say what to look at next when something is off", () => {
    const page = open();
    const metrics = ppoMetrics();
    metrics.educational = { ...metrics.educational, next: "Look next at the brake." };
    page.receive(message("ppo_metrics", metrics, NOW));
    expect(page.at("[data-testid=next]")?.textContent).toBe("Look next at the brake.");
  });

  it("say in words what streaming costs, but not to beginners", () => {
    const page = open();
    page.receive(message("system_status", systemStatus(), NOW));
    expect(page.at("[data-fact=cost-words]")?.textContent).toContain("not been measured yet");
    page.choose({ level: "beginner" });
    expect(page.at("[data-fact=cost-words]")).toBeNull();
  });

  it("list what else the newest updates tell", () => {
    const page = open();
    const metrics = ppoMetrics();
    metrics.educational = { ...metrics.educational, remarks: ["One thing.", "Another."] };
    page.receive(message("ppo_metrics", metrics, NOW));
    const listed = page.at("[data-testid=remarks]")?.children ?? [];
    expect([...listed].map(({ textContent }) => textContent)).toEqual(["One thing.", "Another."]);
  });

  it("say that there is no data instead of showing 0", () => {
    const page = open();
    const metrics = ppoMetrics();
    metrics.readings = metrics.readings.map((reading) => ({ ...reading, value: null }));
    page.receive(message("ppo_metrics", metrics, NOW));
    expect(page.at("[data-metric=kl_divergence]")?.textContent).toContain("no data");
    expect(page.at("[data-metric=kl_divergence]")?.dataset.value).toBe("");
  });

  it("grow stale with their age when nothing comes any more", () => {
    const page = open();
    page.receive(message("ppo_metrics", ppoMetrics(), NOW));
    act(() => vi.advanceTimersByTime(120_000));
    expect(page.face("health")).toBe("stale");
    expect(page.at(".panel-age")?.textContent).toContain("2 min");
  });

  it("give a beginner one sentence and one picture without figures", () => {
    const page = open({ level: "beginner" });
    const metrics = ppoMetrics();
    metrics.readings = metrics.readings.map((one) => ({
      ...one,
      value: null,
      meaning: "Lately each lesson changed it by a usual amount.",
    }));
    page.receive(message("ppo_metrics", metrics, NOW));
    const panel = page.at("[data-panel=health] .panel-body");
    expect(panel?.textContent).toContain("in its usual range");
    expect(panel?.textContent).not.toMatch(/\d/);
    expect(panel?.querySelector(".lamp")?.textContent).toContain("steady steps");
    expect(panel?.querySelector(".lamp")?.textContent).toContain("by a usual amount");
  });

  it("list the network's moves in order with their chances", () => {
    const page = open();
    page.receive(
      message("game_state", gameState(), NOW),
      message("move_prediction", movePredictions(), NOW),
    );
    const rows = [...document.querySelectorAll<HTMLElement>(".prediction")];
    expect(rows.map(({ dataset }) => [dataset.usi, dataset.probability])).toEqual([
      ["7g7f", "0.4"],
      ["P*5e", "0.1"],
    ]);
  });

  it("name the network and its reward only once the trainer has", () => {
    const page = open();
    page.receive(message("system_status", systemStatus({ run: null, training: "waiting" }), NOW));
    expect(page.face("progress")).toBe("waiting");
    page.receive(message("system_status", systemStatus(), NOW));
    expect(page.at("[data-fact=network]")?.textContent).toContain("4 blocks × 64 channels");
  });

  it("show nothing of a network or a policy that the trainer has not told", () => {
    const page = open({ level: "advanced" });
    const { run } = systemStatus();
    if (!run) throw new Error("the test's status has no run");
    const unknown = { ...run, parameters: 0, tower_depth: 0, tower_width: 0 };
    page.receive(
      message("system_status", systemStatus({ run: unknown }), NOW),
      message("game_state", gameState(), NOW),
      message("move_prediction", movePredictions({ predictions: [], entropy: null }), NOW),
    );
    expect(page.at("[data-fact=network]")).toBeNull();
    const predictions = page.at("[data-testid=predictions]");
    expect(predictions?.textContent).toContain("does not tell what it considers");
    expect(predictions?.textContent).not.toContain("%");
  });

  it("wait for a position while no game is on, as when another run has just begun", () => {
    const page = open({ level: "advanced" });
    page.receive(
      message("system_status", systemStatus(), NOW),
      message("game_state", gameState({ game_id: "", ply: 0 }), NOW),
      message("move_prediction", movePredictions({ game_id: "", ply: 0, predictions: [] }), NOW),
    );
    const panel = page.at("[data-panel=predictions]");
    expect(panel?.textContent).toContain("Waiting for the first position");
    expect(panel?.textContent).not.toContain("does not tell");
    expect(panel?.textContent).not.toContain("to move");
  });

  it("change their language with the viewer's choice", () => {
    const page = open();
    page.choose({ language: "ja" });
    expect(page.at("[data-panel=health] h2")?.textContent).toBe("学習の調子");
  });

  it("stay at the level of what they show until the answer to another choice comes", () => {
    const page = open({ level: "beginner" });
    const forBeginners = ppoMetrics();
    forBeginners.readings = forBeginners.readings.map((one) => ({ ...one, value: null }));
    page.receive(
      message("connection_established", connectionEstablished({ level: "beginner" }), NOW),
      message("ppo_metrics", forBeginners, NOW),
    );
    page.choose({ level: "intermediate" });
    const panel = page.at("[data-panel=health]");
    expect(panel?.textContent).not.toContain("no data");
    expect(panel?.querySelector(".lamp")).not.toBeNull();
    page.receive(
      message("connection_established", connectionEstablished({ level: "intermediate" }), NOW),
      message("ppo_metrics", ppoMetrics(), NOW),
    );
    expect(panel?.querySelector(".lamp")).toBeNull();
    expect(page.at("[data-metric=kl_divergence]")?.textContent).toContain("0.012");
  });

  it("tell in the viewer's language how earlier games ended", () => {
    const page = open();
    page.receive(
      message("system_status", systemStatus(), NOW),
      message("game_state", gameState({ ply: 81, result: gameResult() }), NOW),
    );
    const shown = () => page.at("[data-result]")?.textContent;
    expect(shown()).toContain("Black wins by checkmate after 81 moves.");
    page.choose({ language: "ja" });
    expect(shown()).toContain("まで81手で先手の勝ちです（詰み）");
  });
});

describe("a replay", () => {
  it("says that it is one, and of when, instead of claiming to be live", () => {
    const page = open();
    expect(page.at("[data-connection]")?.textContent).toBe("Live");
    page.receive(message("replay", replay({ recorded_at: 1_795_867_200 }), NOW));
    const said = page.at("[data-replay=playing]");
    expect(said?.textContent).toBe("Replay of Nov 28, 2026");
    expect(said?.title).toContain("2:05 of 10:00");
    page.choose({ language: "ja" });
    expect(said?.textContent).toBe("2026年11月28日の録画");
  });

  it("says at its end that this is its last moment", () => {
    const page = open();
    page.receive(message("replay", replay({ state: "ended" }), NOW));
    expect(page.at("[data-notice=replay-ended]")?.textContent).toContain("has ended");
    expect(page.at("[data-replay=ended]")).not.toBeNull();
  });

  it("tells ages by the clock of then", () => {
    const page = open();
    page.receive(
      message("replay", replay({ shown_at: 500 }), 500),
      message("ppo_metrics", ppoMetrics(), 499),
      message("system_status", systemStatus(), 499),
    );
    expect(page.face("health")).toBe("live");
  });

  it("is over when a live show answers", () => {
    const page = open();
    page.receive(
      message("replay", replay(), NOW),
      message("connection_established", connectionEstablished(), NOW),
    );
    expect(page.at("[data-replay]")).toBeNull();
  });
});

describe("trouble", () => {
  it("is said at once when training pauses", () => {
    const page = open();
    page.receive(message("system_status", systemStatus({ training: "paused", since: 990 }), NOW));
    expect(page.at("[data-training]")?.dataset.training).toBe("paused");
    expect(page.at("[data-notice=paused]")?.textContent).toContain("10 s");
  });

  it("is said at once when the connection is lost, and nothing claims that training runs", () => {
    const page = open();
    page.receive(message("system_status", systemStatus(), NOW));
    page.lose();
    expect(page.at("[data-connection]")?.dataset.connection).toBe("reconnecting");
    expect(page.at("[data-notice=reconnecting]")).not.toBeNull();
    expect(page.at("[data-training]")?.dataset.training).toBe("unknown");
  });

  it("is said when the showcase falls silent", () => {
    const page = open();
    page.lose("silent");
    expect(page.at("[data-notice=silent]")?.textContent).toContain("Nothing heard for 5 s");
    expect(page.at("[data-connection]")?.dataset.connection).toBe("silent");
  });

  it("in a message is counted where the connection is shown", () => {
    const page = open();
    act(() => page.store.getState().refuse());
    expect(page.at("[data-connection]")?.title).toContain("could not be read: 1");
  });
});
