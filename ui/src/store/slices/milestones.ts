import type { MilestoneView } from "../../protocol/messages.ts";
import type { Slice } from "./slice.ts";

/** A milestone that came while this page was open; `n` counts them from 1. */
export interface Arrival {
  n: number;
  milestone: MilestoneView;
}

export interface KnownMilestones {
  /** Of the run, newest first. */
  list: readonly MilestoneView[];
  /** The newest of those that came, oldest first. */
  arrivals: readonly Arrival[];
  /** How many have come. */
  arrived: number;
}

const KEPT = 10;

/** An arrival in the list's words; none when it is another run's. */
function stillTrue({ n, milestone }: Arrival, list: readonly MilestoneView[]): Arrival[] {
  const same = list.find(
    ({ key, reached_at }) => key === milestone.key && reached_at === milestone.reached_at,
  );
  return same ? [{ n, milestone: same }] : [];
}

/** What the run has reached, from the list that comes first and the news that follow. */
export const milestones: Slice<KnownMilestones> = {
  initial: { list: [], arrivals: [], arrived: 0 },
  next(known, message) {
    if (message.type === "milestones") {
      const list = message.data.milestones;
      return { ...known, list, arrivals: known.arrivals.flatMap((one) => stillTrue(one, list)) };
    }
    if (message.type !== "milestone") return known;
    const { milestone } = message.data;
    if (known.list.some(({ key }) => key === milestone.key)) return known;
    const n = known.arrived + 1;
    return {
      list: [milestone, ...known.list],
      arrived: n,
      arrivals: [...known.arrivals, { n, milestone }].slice(-KEPT),
    };
  },
};
