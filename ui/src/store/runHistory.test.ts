import { describe, expect, it } from "vitest";
import type { ServerMessage } from "../protocol/messages.ts";
import {
  historyColumns,
  historyLine,
  message,
  metricsHistory,
  networkStrength,
  ppoMetrics,
} from "../protocol/testMessages.ts";
import { type HistoryKey, type HistoryLines, historyLines } from "./historyLines.ts";
import { type RunHistory, runHistory, wantsPast } from "./slices/runHistory.ts";

/** What a page knows that has heard these messages. */
function heard(...messages: ServerMessage[]): RunHistory {
  return messages.reduce(
    (history, one) => runHistory.next(history, one, { latest: {}, localSeconds: 0 }),
    runHistory.initial,
  );
}

const update = (number: number, kl: number | null = 0.5, changes = {}) => {
  const made = ppoMetrics({ update: number, ...changes });
  return message("ppo_metrics", { ...made, metrics: { ...made.metrics, kl_divergence: kl } });
};
const past = (...kl: (number | null)[]) => message("metrics_history", metricsHistory(kl));

/** A break as null. */
const shown = (places: HistoryLines["trunk"]) =>
  places.map(({ update: at, spread }) => (spread ? [at, spread.mean] : null));
/** The segments' lines. */
const klOf = (history: RunHistory) =>
  historyLines(history, "kl_divergence").segments.map(({ places }) => shown(places));
/** What is drawn as the run's trunk, and what as left behind. */
function drawnOf(history: RunHistory, key: HistoryKey = "kl_divergence") {
  const { trunk, branches } = historyLines(history, key);
  return { trunk: shown(trunk), branches: branches.map(shown) };
}

describe("a run's history", () => {
  it("goes on with the updates that come", () => {
    expect(klOf(heard(past(0.1, 0.2), update(3, 0.3), update(4, 0.4)))).toEqual([
      [
        [1, 0.1],
        [2, 0.2],
        [3, 0.3],
        [4, 0.4],
      ],
    ]);
  });

  it("counts no update twice, whichever message came first", () => {
    const line = [
      [
        [1, 0.1],
        [2, 0.2],
      ],
    ];
    expect(klOf(heard(update(2, 0.2), past(0.1, 0.2)))).toEqual(line);
    expect(klOf(heard(past(0.1, 0.2), update(2, 0.2), update(1, 0.1)))).toEqual(line);
    expect(klOf(heard(past(0.1), update(2, 0.2), past(0.1, 0.2)))).toEqual(line);
  });

  it("takes an update that comes again if it says more, and only then", () => {
    const line = [
      [
        [1, 0.1],
        [2, 0.2],
      ],
    ];
    expect(klOf(heard(past(0.1), update(2, null), update(2, 0.2)))).toEqual(line);
    expect(klOf(heard(past(0.1), update(2, 0.2), update(2, null)))).toEqual(line);
  });

  it("takes an evaluation that comes again if it says more", () => {
    const elo = { measure: "elo" as const, skill: "", value: 900, low: null, high: null };
    const once = networkStrength();
    const fuller = networkStrength({ readings: [...once.readings, elo] });
    const history = heard(message("strength", once), message("strength", fuller));
    expect(historyLines(history, "elo").latest).toBe(900);
    expect(history.evaluations.length).toBe(1);
  });

  it("has a gap where an update is missing or did not report the metric", () => {
    expect(klOf(heard(past(0.1, null, 0.3), update(6, 0.6)))).toEqual([
      [[1, 0.1], null, [3, 0.3], null, [6, 0.6]],
    ]);
    const columns = historyColumns([0, 4, 16], { updates: 4, newest: 19 });
    const coarse = metricsHistory([0.1, 0.2, 0.3], { updates: columns });
    expect(klOf(heard(message("metrics_history", coarse)))).toEqual([
      [[1.5, 0.1], [5.5, 0.2], null, [17.5, 0.3]],
    ]);
  });

  it("draws a column that is not full yet among the updates that it holds", () => {
    const columns = historyColumns([0, 8], { updates: 8, newest: 9 });
    const coarse = metricsHistory([0.1, 0.2], { updates: columns });
    expect(klOf(heard(message("metrics_history", coarse), update(10, 0.3)))).toEqual([
      [
        [3.5, 0.1],
        [8.5, 0.2],
        [10, 0.3],
      ],
    ]);
  });

  it("ends now with the newest value, not with a column's mean", () => {
    const coarse = metricsHistory([], {
      updates: historyColumns([0], { updates: 8, newest: 7 }),
      metrics: [{ metric: "kl_divergence", line: { ...historyLine([0.1]), last: [0.3] } }],
    });
    const history = heard(message("metrics_history", coarse));
    expect(historyLines(history, "kl_divergence").latest).toBe(0.3);
  });

  it("branches where the run is resumed from an older update", () => {
    const resumed = update(2, 0.9, { segment: 2 });
    expect(klOf(heard(past(0.1, 0.2, 0.3), resumed))).toEqual([
      [
        [1, 0.1],
        [2, 0.2],
        [3, 0.3],
      ],
      [[2, 0.9]],
    ]);
  });

  it("goes on from an older segment up to where the next begins", () => {
    expect(drawnOf(heard(past(0.1, 0.2, 0.3, 0.4), update(3, 0.9, { segment: 2 })))).toEqual({
      trunk: [
        [1, 0.1],
        [2, 0.2],
        [3, 0.9],
      ],
      branches: [
        [
          [2, 0.2],
          [3, 0.3],
          [4, 0.4],
        ],
      ],
    });
    expect(drawnOf(heard(past(0.1, 0.2), update(3, 0.9, { segment: 2 }))).branches).toEqual([]);
  });

  it("leaves behind a whole segment when a later one begins before it", () => {
    const columns = historyColumns([1, 2, 3, 4, 3, 4, 2], {
      newest: 2,
      segments: [
        { segment: 1, columns: 4 },
        { segment: 2, columns: 2 },
        { segment: 3, columns: 1 },
      ],
    });
    const told = metricsHistory([0.1, 0.2, 0.3, 0.4, 1.3, 1.4, 2.2], { updates: columns });
    expect(drawnOf(heard(message("metrics_history", told)))).toEqual({
      trunk: [
        [1, 0.1],
        [2, 2.2],
      ],
      branches: [
        [
          [1, 0.1],
          [2, 0.2],
          [3, 0.3],
          [4, 0.4],
        ],
        [
          [3, 1.3],
          [4, 1.4],
        ],
      ],
    });
  });

  it("knows what was left behind where the newest segment has no value of it", () => {
    const evaluated = metricsHistory([0.1, 0.2, 0.3], {
      evaluations: historyColumns([1, 3]),
      strength: [{ measure: "elo", skill: "", line: historyLine([100, 300]) }],
    });
    const history = heard(message("metrics_history", evaluated), update(2, null, { segment: 2 }));
    expect(drawnOf(history, "elo")).toEqual({
      trunk: [[1, 100]],
      branches: [
        [
          [1, 100],
          [3, 300],
        ],
      ],
    });
    expect(historyLines(history, "elo").latest).toBe(100);
    expect(drawnOf(history).branches.length).toBe(1);
  });

  it("breaks the trunk where updates are missing before a resume", () => {
    expect(drawnOf(heard(past(0.1, 0.2), update(6, 0.9, { segment: 2 }))).trunk).toEqual([
      [1, 0.1],
      [2, 0.2],
      null,
      [6, 0.9],
    ]);
  });

  it("starts anew with another run", () => {
    const other = heard(past(0.1, 0.2), update(7, 0.7, { run_id: "other" }));
    expect(other.runId).toBe("other");
    expect(klOf(other)).toEqual([[[7, 0.7]]]);
    const begun = ppoMetrics({ run_id: "third", update: 0 });
    expect(klOf(heard(past(0.1), message("ppo_metrics", begun)))).toEqual([]);
  });

  it("draws evaluations with their intervals, and no gap between them", () => {
    const strength = metricsHistory([], {
      evaluations: historyColumns([0]),
      strength: [{ measure: "random_score", skill: "", line: historyLine([0.5]) }],
    });
    const history = heard(
      message("metrics_history", strength),
      message("strength", networkStrength({ update: 50 })),
      message("strength", networkStrength({ update: 50 })),
    );
    expect(historyLines(history, "random_score").segments[0]?.places).toEqual([
      { update: 0, spread: { min: 0.5, max: 0.5, mean: 0.5, last: 0.5 } },
      { update: 50, spread: { min: 0.65, max: 0.83, mean: 0.75, last: 0.75 } },
    ]);
    expect(historyLines(history, "random_score").latest).toBe(0.75);
    expect(historyLines(history, "elo").segments).toEqual([]);
  });

  it("asks for the past when the server knows more", () => {
    expect(wantsPast(heard())).toBe(false);
    expect(wantsPast(heard(update(1)))).toBe(false);
    expect(wantsPast(heard(update(5)))).toBe(true);
    expect(wantsPast(heard(past(0.1), update(2), update(3)))).toBe(false);
    expect(wantsPast(heard(past(0.1), update(2), update(4)))).toBe(true);
    expect(wantsPast(heard(past(0.1), update(3), past(0.1, 0.2, 0.3)))).toBe(false);
    expect(wantsPast(heard(past(0.1, 0.2), update(7, 1, { run_id: "other" })))).toBe(true);
    expect(wantsPast(heard(past(0.1, 0.2), update(1, 1, { segment: 2 })))).toBe(true);
    expect(wantsPast(heard(update(1, 1, { segment: 2 })))).toBe(true);
    const resumed = metricsHistory([0.1, 0.2, 0.3], {
      segment: 2,
      updates: historyColumns([1, 2, 2], {
        segments: [
          { segment: 1, columns: 2 },
          { segment: 2, columns: 1 },
        ],
      }),
    });
    const told = message("metrics_history", resumed);
    expect(wantsPast(heard(told, update(3, 1, { segment: 2 })))).toBe(false);
  });

  it("is bounded however long the page stays open", () => {
    let history = heard(past(0.1));
    for (let number = 2; number < 3000; number += 1) {
      history = runHistory.next(history, update(number), { latest: {}, localSeconds: 0 });
    }
    expect(history.updates.length).toBe(1024);
    expect(wantsPast(history)).toBe(true);
    const whole = metricsHistory([], { updates: historyColumns([0], { newest: 2999 }) });
    history = runHistory.next(history, message("metrics_history", whole), {
      latest: {},
      localSeconds: 0,
    });
    expect(history.updates).toEqual([]);
    expect(wantsPast(history)).toBe(false);
  });
});
