// @vitest-environment happy-dom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  historyColumns,
  historyLine,
  message,
  metricsHistory,
  networkStrength,
  ppoMetrics,
} from "../protocol/testMessages.ts";
import { StreamContext } from "../store/hooks.ts";
import type { Settings } from "../store/settings.ts";
import { createStreamStore } from "../store/streamStore.ts";
import { HistoryPanel } from "./HistoryPanel.tsx";

const NOW = 1000;

// Its drawing needs a browser; what is drawn is tested in historyPlot.test.ts.
vi.mock("./HistoryChart.tsx", () => ({
  default: ({ of, label }: { of: string; label: string }) => (
    <div data-chart={of} role="img" aria-label={label} />
  ),
}));

async function open(settings: Partial<Settings> = {}) {
  const store = createStreamStore({
    level: "intermediate",
    language: "en",
    map: "destinations",
    ...settings,
  });
  store.setState({ connectionStatus: "connected" });
  const place = document.body.appendChild(document.createElement("div"));
  await act(async () =>
    createRoot(place).render(
      <StreamContext value={store}>
        <HistoryPanel />
      </StreamContext>,
    ),
  );
  const at = (selector: string) => place.querySelector<HTMLElement>(selector);
  return {
    receive: (...messages: ReturnType<typeof message>[]) =>
      act(async () => {
        for (const one of messages) store.getState().receive(one, NOW);
        await vi.dynamicImportSettled();
      }),
    choose: (key: string) => act(async () => at(`[data-history-choice=${key}]`)?.click()),
    at,
    choices: () =>
      [...place.querySelectorAll<HTMLElement>("[data-history-choice]")].map(
        (button) => button.dataset.historyChoice,
      ),
  };
}

const history = message("metrics_history", metricsHistory([0.01, 0.02]), NOW);
const live = message("ppo_metrics", ppoMetrics({ update: 3 }), NOW);

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.useFakeTimers({ now: NOW * 1000 });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("the panel of the whole run", () => {
  it("waits with words", async () => {
    const page = await open();
    expect(page.at("[data-panel=history]")?.dataset.face).toBe("waiting");
    expect(page.at("[data-panel=history]")?.textContent).toContain("first update");
  });

  it("draws first what has been measured", async () => {
    const page = await open();
    await page.receive(history, live);
    expect(page.at("[data-testid=history]")?.dataset).toMatchObject({
      history: "kl_divergence",
      points: "3",
      segments: "1",
      trend: "unknown",
    });
    expect(page.at("[data-chart]")?.getAttribute("aria-label")).toBe(
      "Step size (KL) over the whole run; now 0.012",
    );
  });

  it("draws what is chosen, and says when it was not measured", async () => {
    const page = await open();
    await page.receive(history, live);
    await page.choose("elo");
    expect(page.at("[data-testid=history]")?.textContent).toContain("Not measured yet.");
    await page.choose("entropy");
    expect(page.at("[data-chart]")?.dataset.chart).toBe("entropy");
  });

  it("offers a level what it is told of every update", async () => {
    const page = await open({ level: "beginner" });
    await page.receive(live, message("strength", networkStrength(), NOW));
    expect(page.choices()).toEqual(["random_score", "elo", "mean_length"]);
    expect(page.at("[data-chart]")?.getAttribute("aria-label")).toContain("now 75");
  });

  it("says how sure a trend is, and what a point stands for", async () => {
    const page = await open();
    const line = { ...historyLine([0.01, 0.02]), trend: "rising" as const };
    const past = metricsHistory([], {
      updates: historyColumns([0, 8], { updates: 8, newest: 15 }),
      metrics: [
        {
          metric: "kl_divergence",
          line: { ...line, slope: 0.001, slope_low: 0.0005, slope_high: 0.0015 },
        },
      ],
    });
    await page.receive(
      message("metrics_history", past, NOW),
      message("ppo_metrics", ppoMetrics({ update: 16 }), NOW),
    );
    const words = page.at("[data-testid=history]")?.textContent;
    expect(words).toContain("rising: 0.100 in 100 updates (0.050 to 0.150)");
    expect(words).toContain("8 updates a point, band: least to greatest");
  });

  const evaluated = (starts: number[], changes = {}, columns = {}) =>
    message(
      "metrics_history",
      metricsHistory([], {
        evaluations: historyColumns(starts, columns),
        strength: [
          {
            measure: "random_score",
            skill: "",
            line: { ...historyLine(starts.map(() => 0.5)), ...changes },
          },
        ],
      }),
      NOW,
    );

  it.each([
    {
      language: "en" as const,
      few: "too few evaluations for a trend",
      one: "1 evaluation a point, band: 95 % interval",
      many: "evaluations of 64 updates a point, band: all their 95 % intervals",
    },
    {
      language: "ja" as const,
      few: "傾向を見るには評価がまだ足りません",
      one: "1点＝評価1回（帯：95%信頼区間）",
      many: "1点＝64更新の間の評価（帯：それぞれの95%信頼区間を合わせた範囲）",
    },
  ])("speaks of evaluations where they are the points ($language)", async (words) => {
    const page = await open({ language: words.language });
    const shown = () => page.at("[data-testid=history]")?.textContent;
    await page.receive(live, evaluated([50]));
    expect(shown()).toContain(words.few);
    expect(shown()).toContain(words.one);
    await page.receive(evaluated([0, 64], {}, { updates: 64, newest: 100 }));
    expect(shown()).toContain(words.many);
  });

  it("says a score's trend in the per cent of its axis", async () => {
    const page = await open();
    const slopes = { slope: 0.0005, slope_low: 0.0002, slope_high: 0.0008 };
    await page.receive(live, evaluated([50], { trend: "rising", ...slopes }));
    expect(page.at("[data-testid=history]")?.textContent).toContain(
      "rising: 5.00 percentage points in 100 updates (2.00 to 8.00)",
    );
  });
});
