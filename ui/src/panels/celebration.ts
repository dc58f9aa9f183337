import type { Arrival } from "../store/slices/milestones.ts";

/** The arrival that is celebrated now or was last, and since when (seconds). */
export interface Turn {
  n: number;
  since: number;
}

const SHOWN_S = 8;
const EVERY_S = 30;

/** Whose turn it is: one after the other, each with its time and quiet after it. */
export function turnAt(last: Turn | null, arrivals: readonly Arrival[], now: number): Turn | null {
  if (last && now - last.since < EVERY_S) return last;
  const next = arrivals.find(({ n }) => n > (last?.n ?? 0));
  return next ? { n: next.n, since: now } : last;
}

export function isShown(turn: Turn, now: number): boolean {
  return now - turn.since < SHOWN_S;
}
