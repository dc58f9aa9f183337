import { age } from "../store/format.ts";
import { useNow, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { MilestoneIcon } from "./milestoneIcons.tsx";

/** The newest milestone in a line, where there is no room for their panel. */
export function LatestMilestone() {
  const text = useText();
  const now = useNow();
  const latest = useStream((state) => state.milestones.list[0]);
  if (!latest) return null;
  return (
    <p className="latest-milestone" data-latest-milestone={latest.key}>
      <MilestoneIcon kind={latest.kind} />
      <span>
        {latest.title}{" "}
        <span className="milestone-facts">
          {fill(text.milestones.ago, { age: age(now - latest.reached_at, text) })}
        </span>
      </span>
    </p>
  );
}
