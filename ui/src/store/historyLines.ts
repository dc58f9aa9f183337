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

/** Whether its points are evaluations, estimates with intervals, and not updates. */
export const isEvaluated = (key: HistoryKey) => STRENGTHS.includes(key);

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
  /** That have a value; oldest first. */
  segments: SegmentLine[];
  /** What led to the newest update: each segment up to where the next one begins. */
  trunk: Place[];
  /** What a resume from an older update left behind, each from where it leaves the trunk. */
  branches: Place[][];
  /** How many updates the points of the past stand for; of evaluations, over how many they go. */
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
  return isEvaluated(key)
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
      const filled = index === newest ? Math.min(full, columns.newest) : full;
      places.push({ update: (start + filled) / 2, spread: spreadAt(line, index) });
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
  if (isEvaluated(key)) {
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

/** The first update of each segment, whether or not anything of a line is known of it. */
function firstUpdates({ past, updates }: RunHistory): Map<number, number> {
  const first = new Map<number, number>();
  let index = 0;
  for (const { segment, columns } of past?.updates.segments ?? []) {
    first.set(segment, past?.updates.starts[index] ?? 0);
    index += columns;
  }
  for (const { segment, update } of updates) if (!first.has(segment)) first.set(segment, update);
  return first;
}

const hasValue = (places: Place[]) => places.some(({ spread }) => spread);

/** Tells apart what the run goes on from and what it gave up; a gap of more than `most` is one. */
function splitAtResumes(segments: SegmentLine[], first: Map<number, number>, most: number) {
  const placesOf = new Map(segments.map(({ segment, places }) => [segment, places]));
  const newestFirst = [...new Set([...placesOf.keys(), ...first.keys()])].sort((a, b) => b - a);
  let trunk: Place[] = [];
  const branches: Place[][] = [];
  let end = Number.POSITIVE_INFINITY;
  for (const segment of newestFirst) {
    const places = placesOf.get(segment) ?? [];
    const kept = places.filter(({ update }) => update < end);
    const left = places.slice(kept.length);
    if (hasValue(left)) branches.unshift([...kept.slice(-1), ...left]);
    const [before, after] = [kept.at(-1)?.update, trunk[0]?.update];
    const gap = before !== undefined && after !== undefined && after > before + most;
    trunk = [...kept, ...(gap ? [{ update: (before + after) / 2, spread: null }] : []), ...trunk];
    end = Math.min(end, first.get(segment) ?? end, places[0]?.update ?? end);
  }
  return { trunk, branches };
}

/**
 * A metric over the whole run, segment by segment. Where updates are missing, or did not report it,
 * the line is broken; evaluations are far apart by nature, and their line is not.
 */
export function historyLines(history: RunHistory, key: HistoryKey): HistoryLines {
  const { columns, line } = pastOf(history, key);
  const breaks = !isEvaluated(key);
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
  const updatesPerPoint = columns?.updates ?? 1;
  const most = breaks ? updatesPerPoint : Number.POSITIVE_INFINITY;
  const { trunk, branches } = splitAtResumes(segments, firstUpdates(history), most);
  return {
    segments: segments.filter(({ places }) => hasValue(places)),
    trunk,
    branches,
    updatesPerPoint,
    trend: line?.trend ?? "unknown",
    slope: line?.slope ?? null,
    slopeLow: line?.slope_low ?? null,
    slopeHigh: line?.slope_high ?? null,
    latest: trunk.findLast(({ spread }) => spread)?.spread?.last ?? null,
  };
}
