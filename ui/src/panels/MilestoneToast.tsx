import { useEffect, useState } from "react";
import { useOwnClock, useStream, useText } from "../store/hooks.ts";
import { isShown, type Turn, turnAt } from "./celebration.ts";
import { MilestoneIcon } from "./milestoneIcons.tsx";

/** What has just been reached, for a moment, beside whatever else is shown. */
export function MilestoneToast() {
  const text = useText();
  const now = useOwnClock();
  const { arrivals } = useStream((state) => state.milestones);
  const [turn, setTurn] = useState<Turn | null>(null);
  useEffect(() => setTurn((last) => turnAt(last, arrivals, now)), [arrivals, now]);

  const arrival = turn && isShown(turn, now) ? arrivals.find(({ n }) => n === turn.n) : undefined;
  const milestone = arrival?.milestone;
  return (
    <div className="toast-place" role="status">
      {milestone ? (
        <div className="toast" data-testid="milestone-toast" data-milestone={milestone.key}>
          <MilestoneIcon kind={milestone.kind} />
          <div>
            <p className="toast-title">
              <span className="toast-news">{text.milestones.news}</span> {milestone.title}
            </p>
            <p className="toast-text">{milestone.text}</p>
          </div>
        </div>
      ) : null}
    </div>
  );
}
