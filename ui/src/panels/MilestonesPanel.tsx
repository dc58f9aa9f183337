import type { Level, MilestoneView } from "../protocol/messages.ts";
import { milestonesFace } from "../store/faces.ts";
import { age, count } from "../store/format.ts";
import { useArchive, useFace, useLatest, useNow, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { MilestoneIcon } from "./milestoneIcons.tsx";
import { Panel } from "./Panel.tsx";

/** Where a milestone can be seen: the way there, if that game is in the archive. */
function Where({ milestone }: { milestone: MilestoneView }) {
  const text = useText();
  const go = useArchive((state) => state.go);
  const isReplay = useStream((state) => state.replay !== null);
  const { run_id: run, game_id: game, game_number, ply, reached_at: endedBy } = milestone;
  if (game_number === null || ply === null) return null;
  const where = fill(text.milestones.where, { game: count(game_number), ply });
  if (game === null || isReplay || !milestone.saved) return where; // a recording keeps no games
  return (
    <button
      type="button"
      className="milestone-door"
      data-opens={game}
      title={text.milestones.open}
      onClick={() => go({ run, game, ply, endedBy })}
    >
      {where}
    </button>
  );
}

interface MilestoneProps {
  milestone: MilestoneView;
  level: Level;
}

/** When it was reached, where that can be seen, and by which network. */
function Facts({ milestone }: { milestone: MilestoneView }) {
  const text = useText();
  const now = useNow();
  const { game_number, ply, update, reached_at } = milestone;
  return (
    <>
      {fill(text.milestones.ago, { age: age(now - reached_at, text) })}
      {game_number === null || ply === null ? "" : " · "}
      <Where milestone={milestone} />
      {" · "}
      {fill(text.milestones.update, { n: count(update) })}
    </>
  );
}

function Milestone({ milestone, level }: MilestoneProps) {
  const text = useText();
  const { key, kind, title, meaning, rule, saved } = milestone;
  return (
    <li
      className="milestone"
      data-milestone={key}
      data-kind={kind}
      data-saved={saved}
      title={[meaning, rule].filter(Boolean).join("\n")}
    >
      <MilestoneIcon kind={kind} />
      <div className="milestone-words">
        <p className="milestone-title">{title}</p>
        <p className="milestone-text">{level === "beginner" ? meaning : milestone.text}</p>
        <p className="milestone-facts">
          <Facts milestone={milestone} />
          {saved ? null : (
            <span className="milestone-unsaved" title={text.milestones.unsaved_long}>
              {" · "}
              {text.milestones.unsaved}
            </span>
          )}
        </p>
        {rule ? <p className="milestone-rule">{rule}</p> : null}
      </div>
    </li>
  );
}

/** What the run has reached, the newest first: as many as there is room for. */
export function MilestonesPanel() {
  const text = useText();
  const face = useFace(milestonesFace);
  const { list } = useStream((state) => state.milestones);
  const received = useLatest("milestones");
  const level = useStream((state) => state.level);
  const total = Math.max(received?.data.total ?? 0, list.length);
  return (
    <Panel
      name="milestones"
      title={text.milestones.title}
      face={face}
      waiting={text.milestones.waiting}
      aside={total > 0 ? fill(text.milestones.more, { n: count(total) }) : null}
    >
      {list.length === 0 ? (
        <p data-remembered={received?.data.remembered ?? true}>
          {received?.data.remembered === false ? text.milestones.forgotten : text.milestones.none}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
        <ol className="milestones" tabIndex={0} aria-label={text.milestones.title}>
          {list.map((milestone) => (
            <Milestone key={milestone.key} milestone={milestone} level={received?.level ?? level} />
          ))}
        </ol>
      )}
    </Panel>
  );
}
