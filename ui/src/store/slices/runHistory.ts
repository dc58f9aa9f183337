import type {
  HistoryColumns,
  MetricsHistory,
  NetworkStrength,
  PpoMetrics,
} from "../../protocol/messages.ts";
import type { Slice } from "./slice.ts";

/** An update or an evaluation that came after what the history held. */
type Live<T> = readonly T[];

/** What is known of a run: the past, as it was told when this page joined, and what came since. */
export interface RunHistory {
  /** Empty before the first run. */
  runId: string;
  past: MetricsHistory | null;
  updates: Live<Pick<PpoMetrics, "segment" | "update" | "metrics">>;
  evaluations: Live<NetworkStrength>;
}

interface Moment {
  segment: number;
  update: number;
}

/** So many more updates, and trends and columns have changed enough to ask for them again. */
const FRESH_FOR = 64;
const KEPT = 1024;
const BEFORE_ALL: Moment = { segment: 0, update: -1 };

const isAfter = (one: Moment, other: Moment) =>
  one.segment > other.segment || (one.segment === other.segment && one.update > other.update);

function newestOf(columns: HistoryColumns | undefined): Moment {
  const segment = columns?.segments.at(-1)?.segment;
  return columns && segment ? { segment, update: columns.newest } : BEFORE_ALL;
}

const isSame = (one: Moment, other: Moment) =>
  one.segment === other.segment && one.update === other.update;

/**
 * With the point, if it is newer than all that is known. What was told twice counts once, as it was
 * told most fully: after a change of level the newest comes again and may say more.
 */
function withLive<T extends Moment>(
  live: Live<T>,
  columns: HistoryColumns | undefined,
  point: T,
  told: (point: T) => number,
): Live<T> {
  const last = live.at(-1);
  if (last && isSame(point, last))
    return told(point) > told(last) ? [...live.slice(0, -1), point] : live;
  return isAfter(point, last ?? newestOf(columns)) ? [...live, point].slice(-KEPT) : live;
}

const numbersTold = ({ metrics }: Pick<PpoMetrics, "metrics">) =>
  Object.values(metrics).filter((value) => value !== null).length;
const readingsTold = ({ readings }: NetworkStrength) => readings.length;

function begin(runId: string, past: MetricsHistory | null): RunHistory {
  return { runId, past, updates: [], evaluations: [] };
}

function withPast(history: RunHistory, past: MetricsHistory): RunHistory {
  const known = history.runId === past.run_id ? history : begin(past.run_id, past);
  return {
    ...known,
    past,
    updates: known.updates.filter((live) => isAfter(live, newestOf(past.updates))),
    evaluations: known.evaluations.filter((live) => isAfter(live, newestOf(past.evaluations))),
  };
}

export const runHistory: Slice<RunHistory> = {
  initial: begin("", null),
  next(history, message) {
    if (message.type === "metrics_history") return withPast(history, message.data);
    if (message.type === "ppo_metrics") {
      const { run_id, segment, update, metrics } = message.data;
      const known = history.runId === run_id ? history : begin(run_id, null);
      if (update === 0) return known;
      const point = { segment, update, metrics };
      const updates = withLive(known.updates, known.past?.updates, point, numbersTold);
      return updates === known.updates ? known : { ...known, updates };
    }
    if (message.type === "strength") {
      const known =
        history.runId === message.data.run_id ? history : begin(message.data.run_id, null);
      if (message.data.readings.length === 0) return known;
      const evaluations = withLive(
        known.evaluations,
        known.past?.evaluations,
        message.data,
        readingsTold,
      );
      return evaluations === known.evaluations ? known : { ...known, evaluations };
    }
    return history;
  },
};

/**
 * Whether the server should be asked for the past again, by a hello: it may know updates that are
 * missing here (another run has begun, this page did not listen), or what is here is old, such as
 * the trend of the segment before.
 */
export function wantsPast({ past, updates }: RunHistory): boolean {
  if (updates.length >= FRESH_FOR) return true;
  let before = newestOf(past?.updates);
  const known = Math.max(1, before.segment);
  if (updates.some(({ segment }) => segment > known)) return true;
  for (const live of updates) {
    const next = before === BEFORE_ALL ? 1 : before.update + 1;
    if (before.segment === 0 || before.segment === live.segment) {
      if (live.update > next) return true;
    }
    before = live;
  }
  return false;
}
