import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import type { Level } from "../protocol/messages.ts";
import { metricsFace } from "../store/faces.ts";
import { count, figure, historyFigure } from "../store/format.ts";
import {
  type HistoryKey,
  type HistoryLines,
  historyLines,
  isEvaluated,
} from "../store/historyLines.ts";
import { useFace, useStream, useText } from "../store/hooks.ts";
import { fill, type UiText } from "../store/text.ts";
import { Panel } from "./Panel.tsx";
import { Segments } from "./Segments.tsx";

// The drawing library comes when it is first needed: the board does not wait for it.
const HistoryChart = lazy(() => import("./HistoryChart.tsx"));

type Named = keyof UiText["history"]["names"] & HistoryKey;

const PLAIN: readonly Named[] = ["random_score", "elo", "mean_length"];
const FIGURES: readonly Named[] = [...PLAIN, "kl_divergence", "entropy", "explained_variance"];

/** What a level is told of every update, too: a line that would stop is not offered. */
const OFFERED: Record<Level, readonly Named[]> = {
  beginner: PLAIN,
  intermediate: FIGURES,
  advanced: FIGURES,
};

/** A trend in words; how sure it is, per 100 updates, for those who read figures. */
function trendWords(
  key: HistoryKey,
  { trend, slope, slopeLow, slopeHigh }: HistoryLines,
  level: Level,
  text: UiText,
) {
  if (trend === "unknown" && isEvaluated(key)) return text.history.too_few_evaluations;
  if (level === "beginner" || slope === null || slopeLow === null || slopeHigh === null)
    return text.health[trend];
  // A score's axis is in per cent: so is what it gains, in points of it.
  const isShare = key === "random_score";
  const change = (perUpdate: number) => figure(100 * (isShare ? 100 : 1) * perUpdate);
  return fill(isShare ? text.history.trend_points : text.history.trend, {
    trend: text.health[trend],
    slope: change(slope),
    low: change(slopeLow),
    high: change(slopeHigh),
  });
}

/** What a point stands for, and the band around it. */
function pointWords(key: HistoryKey, { updatesPerPoint }: HistoryLines, { history }: UiText) {
  const n = count(updatesPerPoint);
  if (isEvaluated(key))
    return updatesPerPoint === 1
      ? history.every_evaluation
      : fill(history.evaluation_columns, { n });
  return updatesPerPoint === 1 ? history.every_update : fill(history.columns, { n });
}

/** A metric over the whole run: every spike of it, and every branch that a resume left behind. */
export function HistoryPanel({ aside = null }: { aside?: ReactNode }) {
  const text = useText();
  const face = useFace(metricsFace);
  const level = useStream((state) => state.level);
  const history = useStream((state) => state.runHistory);
  const [picked, pick] = useState<Named | null>(null);
  const offered = OFFERED[level];
  const measured = useMemo(
    () => offered.filter((key) => historyLines(history, key).segments.length > 0),
    [offered, history],
  );
  const chosen = picked && offered.includes(picked) ? picked : (measured[0] ?? offered[0] ?? "elo");
  const lines = useMemo(() => historyLines(history, chosen), [history, chosen]);
  const points = lines.segments.reduce((sum, { places }) => sum + places.length, 0);
  const latest = lines.latest === null ? text.health.no_data : historyFigure(chosen, lines.latest);
  const known = measured.length > 0 && face.kind === "waiting" ? ({ kind: "live" } as const) : face;
  return (
    <Panel
      name="history"
      title={text.history.title}
      face={measured.length > 0 ? known : { kind: "waiting" }}
      waiting={text.history.waiting}
      aside={aside}
    >
      <div
        className="history"
        data-testid="history"
        data-history={chosen}
        data-points={points}
        data-segments={lines.segments.length}
        data-trend={lines.trend}
      >
        <Segments
          label={text.history.pick}
          choices={offered}
          chosen={chosen}
          choose={pick}
          nameOf={(key) => text.history.names[key]}
          mark="data-history-choice"
          className="history-picker"
        />
        {points > 0 ? (
          <Suspense fallback={<div className="history-chart" />}>
            <HistoryChart
              lines={lines}
              of={chosen}
              label={fill(text.history.label, { name: text.history.names[chosen], latest })}
            />
          </Suspense>
        ) : (
          <p className="panel-waiting history-chart">{text.history.not_measured}</p>
        )}
        <p className="history-words">
          <span>{trendWords(chosen, lines, level, text)}</span>
          <span>{pointWords(chosen, lines, text)}</span>
          {lines.branches.length > 0 ? <span>{text.history.branches}</span> : null}
        </p>
      </div>
    </Panel>
  );
}
