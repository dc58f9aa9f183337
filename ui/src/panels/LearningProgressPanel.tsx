import type { ReactNode } from "react";
import { statusFace } from "../store/faces.ts";
import { age, count } from "../store/format.ts";
import { useFace, useLatest, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { EndedGames } from "./EndedGames.tsx";
import { LatestMilestone } from "./LatestMilestone.tsx";
import { Panel } from "./Panel.tsx";
import { HookFact, Outcomes, RunFacts } from "./RunFacts.tsx";

/** One round of training as a bar: how much of it was playing, how much learning. */
function RoundSplit() {
  const text = useText();
  const speed = useStream((state) => state.latest.ppo_metrics?.data.metrics);
  if (!speed?.selfplay_s || !speed.update_s) return null;
  const play = speed.selfplay_s / (speed.selfplay_s + speed.update_s);
  const words = fill(text.progress.split, {
    play: age(speed.selfplay_s, text),
    learn: age(speed.update_s, text),
  });
  return (
    <div className="round" role="img" aria-label={words} title={words}>
      <div className="round-bar">
        <span className="round-play" style={{ flexGrow: play }} />
        <span className="round-learn" style={{ flexGrow: 1 - play }} />
      </div>
      <div className="round-words">
        <span>{text.progress.split_play}</span>
        <span>{text.progress.split_learn}</span>
      </div>
    </div>
  );
}

/** How far the run has come; only what has been counted or measured. */
export function LearningProgressPanel({ aside = null }: { aside?: ReactNode }) {
  const text = useText();
  const face = useFace(statusFace);
  const status = useLatest("system_status")?.data;
  const level = useStream((state) => state.level);
  const sentence =
    status && status.update > 0
      ? fill(text.progress.sentence, { games: count(status.games), updates: count(status.update) })
      : text.progress.sentence_start;
  const known = status?.run ? face : ({ kind: "waiting" } as const);
  return (
    <Panel
      name="progress"
      title={text.progress.title}
      face={known}
      waiting={text.progress.waiting}
      aside={aside}
    >
      {level === "beginner" ? (
        <>
          <p className="lead">{sentence}</p>
          <RoundSplit />
        </>
      ) : (
        <>
          <RunFacts />
          <Outcomes />
          {status ? (
            <p className="panel-note" data-fact="cost-words">
              {status.hook.impact_text}
            </p>
          ) : null}
          {level === "advanced" && status ? (
            <>
              <HookFact hook={status.hook} run={status.run} />
              <LatestMilestone />
            </>
          ) : (
            <EndedGames />
          )}
        </>
      )}
    </Panel>
  );
}
