import { statusFace } from "../store/faces.ts";
import { age, count, percent, shortCount } from "../store/format.ts";
import { useFace, useNow, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { Panel } from "./Panel.tsx";

interface FactProps {
  name: string;
  label: string;
  value: string;
  raw?: number | undefined;
}

function Fact({ name, label, value, raw }: FactProps) {
  return (
    <div className="fact" data-fact={name} data-value={raw ?? value}>
      <dt>{label}</dt>
      <dd className="figure">{value}</dd>
    </div>
  );
}

/** One round of training as a bar: how much of it was playing, how much learning. */
function RoundSplit() {
  const text = useText();
  const speed = useStream((state) => state.ppoMetrics?.data.performance);
  if (!speed?.selfplay_s || !speed.update_s) return null;
  const play = speed.selfplay_s / (speed.selfplay_s + speed.update_s);
  const words = fill(text.progress.split, {
    play: age(speed.selfplay_s, text),
    learn: age(speed.update_s, text),
  });
  return (
    <div className="round" role="img" aria-label={words} title={words}>
      <div className="round-bar">
        <span className="round-play" style={{ width: percentOf(play) }}>
          {text.progress.split_play}
        </span>
        <span className="round-learn" style={{ width: percentOf(1 - play) }}>
          {text.progress.split_learn}
        </span>
      </div>
    </div>
  );
}

const percentOf = (share: number) => `${Math.min(80, Math.max(20, share * 100)).toFixed(1)}%`;

function Results() {
  const text = useText();
  const ended = useStream((state) => state.endedGames);
  return (
    <div className="results">
      <h3>{text.progress.results}</h3>
      {ended.length === 0 ? <p className="panel-note">{text.progress.results_none}</p> : null}
      <ol>
        {ended.slice(0, 3).map((game) => (
          <li key={game.gameId} data-result={game.gameId} data-winner={game.winner ?? "draw"}>
            <span className="result-winner" aria-hidden="true">
              {{ black: "▲", white: "△", draw: "＝" }[game.winner ?? "draw"]}
            </span>
            <span>{game.text}</span>
            <span className="result-game">
              {fill(text.progress.result, { n: count(game.gameNumber) })}
              {" · "}
              {fill(text.progress.result_moves, { n: count(game.plies) })}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Facts() {
  const text = useText();
  const now = useNow();
  const status = useStream((state) => state.systemStatus?.data);
  const positions = useStream((state) => state.ppoMetrics?.data.global_step);
  const isAdvanced = useStream((state) => state.level === "advanced");
  const run = status?.run;
  if (!status) return null;
  const { hook } = status;
  return (
    <dl className="facts">
      <Fact
        name="games"
        label={text.progress.games}
        value={count(status.games)}
        raw={status.games}
      />
      <Fact
        name="updates"
        label={text.progress.updates}
        value={count(status.update)}
        raw={status.update}
      />
      {positions === undefined ? null : (
        <Fact
          name="positions"
          label={text.progress.positions}
          value={shortCount(positions)}
          raw={positions}
        />
      )}
      {run ? (
        <>
          <Fact
            name="network"
            label={text.progress.network}
            value={`${fill(text.progress.network_value, { depth: run.tower_depth, width: run.tower_width })}, ${fill(text.progress.parameters, { n: shortCount(run.parameters) })}`}
          />
          <Fact name="age" label={text.progress.age} value={age(now - run.started_at, text)} />
          {isAdvanced ? (
            <Fact
              name="device"
              label={text.progress.device}
              value={`${run.preset} · ${run.device}`}
            />
          ) : null}
        </>
      ) : null}
      {isAdvanced ? (
        <Fact
          name="cost"
          label={text.bar.cost}
          value={`${hook.impact_pct === null ? text.progress.cost_unknown : percent(hook.impact_pct / 100, 2)} · ${fill(text.progress.hook, { emitted: count(hook.emitted), dropped: count(hook.dropped) })}`}
        />
      ) : null}
    </dl>
  );
}

/** How far the run has come; only what has been counted or measured. */
export function LearningProgressPanel() {
  const text = useText();
  const face = useFace(statusFace);
  const status = useStream((state) => state.systemStatus?.data);
  const isBeginner = useStream((state) => state.level === "beginner");
  const sentence =
    status && status.update > 0
      ? fill(text.progress.sentence, { games: count(status.games), updates: count(status.update) })
      : text.progress.sentence_start;
  const known = status?.run ? face : ({ kind: "waiting" } as const);
  return (
    <Panel name="progress" title={text.progress.title} face={known} waiting={text.progress.waiting}>
      {isBeginner ? (
        <>
          <p className="lead">{sentence}</p>
          <RoundSplit />
        </>
      ) : (
        <div className="progress-columns">
          <Facts />
          <Results />
        </div>
      )}
    </Panel>
  );
}
