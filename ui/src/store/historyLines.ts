import type {
  HistoryColumns,
  HistoryLine,
  Metric,
  NetworkStrength,
  Trend,
} from "../protocol/messages.ts";
import type { RunHistory } from "./slices/runHistory.ts";

/** What can be drawn over a run. */
export type HistoryKey = Metric | "random_score" | "elo";

const STRENGTHS: readonly HistoryKey[] = ["random_score", "elo"];

/** What is known of several values: all four the same where there is one alone. */
interface Spread {
  min: number;
  max: number;
  mean: number;
  last: number;
}

/** A place on a segment's line; `null` where the line is broken. */
interface Place {
  update: number;
  spread: Spread | null;
}

export interface SegmentLine {
  segment: number;
  places: Place[];
}

export interface HistoryLines {
  /** Oldest first; the last one goes on. */
  segments: SegmentLine[];
  /** How many updates the points of the past stand for. */
  updatesPerPoint: number;
  trend: Trend;
  slope: number | null;
  slopeLow: number | null;
  slopeHigh: number | null;
  /** The newest value, not a mean. */
  latest: number | null;
}

interface Past {
  columns: HistoryColumns | undefined;
  line: HistoryLine | undefined;
}

function pastOf({ past }: RunHistory, key: HistoryKey): Past {
  if (!past) return { columns: undefined, line: undefined };
  return STRENGTHS.includes(key)
    ? {
        columns: past.evaluations,
        line: past.strength.find(({ measure }) => measure === key)?.line,
      }
    : { columns: past.updates, line: past.metrics.find(({ metric }) => metric === key)?.line };
}

function spreadAt(line: HistoryLine, index: number): Spread | null {
  const [min, max, mean] = [line.min[index], line.max[index], line.mean[index]];
  if (min == null || max == null || mean == null) return null;
  return { min, max, mean, last: line.last[index] ?? mean };
}

/**
 * The past's columns as lines; a column stands in the middle of its updates. The newest of all may
 * not be full yet: it ends with the newest update.
 */
function pastLines(columns: HistoryColumns, line: HistoryLine, breaks: boolean): SegmentLine[] {
  let index = 0;
  const newest = columns.starts.length - 1;
  return columns.segments.map(({ segment, columns: count }) => {
    const places: Place[] = [];
    for (const end = index + count; index < end; index += 1) {
      const start = columns.starts[index] ?? 0;
      const before = places.length > 0 ? (columns.starts[index - 1] ?? 0) : start;
      if (breaks && start > before + columns.updates)
        places.push({ update: before + columns.updates, spread: null });
      const full = start + columns.updates - 1;
      const end = index === newest ? Math.min(full, columns.newest) : full;
      places.push({ update: (start + end) / 2, spread: spreadAt(line, index) });
    }
    return { segment, places };
  });
}

function strengthSpread(live: NetworkStrength, key: HistoryKey): Spread | null {
  const found = live.readings.find(({ measure }) => measure === key);
  if (!found) return null;
  const { value, low, high } = found;
  return { min: low ?? value, max: high ?? value, mean: value, last: value };
}

function metricSpread(value: number | null | undefined): Spread | null {
  return value == null ? null : { min: value, max: value, mean: value, last: value };
}

function liveOf(history: RunHistory, key: HistoryKey): (Place & { segment: number })[] {
  if (STRENGTHS.includes(key)) {
    return history.evaluations.map((live) => ({
      segment: live.segment,
      update: live.update,
      spread: strengthSpread(live, key),
    }));
  }
  return history.updates.map(({ segment, update, metrics }) => ({
    segment,
    update,
    spread: metricSpread(metrics[key as Metric]),
  }));
}

/**
 * A metric over the whole run, segment by segment. Where updates are missing, or did not report it,
 * the line is broken; evaluations are far apart by nature, and their line is not.
 */
export function historyLines(history: RunHistory, key: HistoryKey): HistoryLines {
  const { columns, line } = pastOf(history, key);
  const breaks = !STRENGTHS.includes(key);
  const segments = columns && line ? pastLines(columns, line, breaks) : [];
  let newest = columns?.newest ?? 0;
  for (const { segment, update, spread } of liveOf(history, key)) {
    let last = segments.at(-1);
    if (last?.segment !== segment) {
      last = { segment, places: [] };
      segments.push(last);
    } else if (breaks && update > newest + 1) {
      last.places.push({ update: newest + 1, spread: null });
    }
    last.places.push({ update, spread });
    newest = update;
  }
  return {
    segments: segments.filter(({ places }) => places.some(({ spread }) => spread)),
    updatesPerPoint: columns?.updates ?? 1,
    trend: line?.trend ?? "unknown",
    slope: line?.slope ?? null,
    slopeLow: line?.slope_low ?? null,
    slopeHigh: line?.slope_high ?? null,
    latest: segments.at(-1)?.places.findLast(({ spread }) => spread)?.spread?.last ?? null,
  };
}
