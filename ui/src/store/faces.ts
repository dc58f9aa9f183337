import type { StreamState } from "./streamStore.ts";

/** The four faces of a panel. A stale one keeps its last content, dimmed, and says its age. */
export type Face =
  | { kind: "waiting" }
  | { kind: "live" }
  | { kind: "stale"; age: number; lost: boolean }
  | { kind: "unavailable" };

type Known = Pick<StreamState, "connectionStatus" | "latest">;

/** At least two missed updates of one per 30 s, and a margin; slower runs get three iterations. */
const METRICS_LIVE_S = 90;
const STATUS_LIVE_S = 15;

function faceOf(timestamp: number | undefined, now: number, liveFor: number, known: Known): Face {
  if (timestamp === undefined) return { kind: "waiting" };
  const age = Math.max(0, now - timestamp);
  const lost = known.connectionStatus !== "connected";
  return lost || age > liveFor ? { kind: "stale", age, lost } : { kind: "live" };
}

/** An update's numbers are old as soon as nobody trains any more. */
export function metricsFace(known: Known, now: number): Face {
  const training = known.latest.system_status?.data.training ?? "running";
  const speed = known.latest.ppo_metrics?.data.metrics;
  const iteration = (speed?.selfplay_s ?? 0) + (speed?.update_s ?? 0);
  const liveFor = training !== "running" ? 0 : Math.max(METRICS_LIVE_S, 3 * iteration);
  return faceOf(known.latest.ppo_metrics?.timestamp, now, liveFor, known);
}

function moveLiveFor(known: Known): number {
  const game = known.latest.game_state?.data;
  if (game?.held) return Number.POSITIVE_INFINITY;
  return Math.max(20, 5 * (game?.seconds_per_move ?? 0));
}

export function gameFace(known: Known, now: number): Face {
  return faceOf(known.latest.game_state?.timestamp, now, moveLiveFor(known), known);
}

export function predictionsFace(known: Known, now: number): Face {
  return faceOf(known.latest.move_prediction?.timestamp, now, moveLiveFor(known), known);
}

/** What was reached stays reached: only a lost connection makes it old. */
export function milestonesFace(known: Known, now: number): Face {
  return faceOf(known.latest.milestones?.timestamp, now, Number.POSITIVE_INFINITY, known);
}

/** What was measured stays so until the next evaluation: only a lost connection makes it old. */
export function improvementFace(known: Known, now: number): Face {
  return faceOf(known.latest.improvement?.timestamp, now, Number.POSITIVE_INFINITY, known);
}

export function statusFace(known: Known, now: number): Face {
  return faceOf(known.latest.system_status?.timestamp, now, STATUS_LIVE_S, known);
}
