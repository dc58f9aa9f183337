import type { HookView, RunView } from "../protocol/messages.ts";
import { statusFace } from "../store/faces.ts";
import { age, count, percent, shortCount } from "../store/format.ts";
import { useFace, useLatest, useNow, useStream, useText } from "../store/hooks.ts";
import { fill, resultText } from "../store/text.ts";
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
  const speed = useStream((state) => state.latest.ppo_metrics?.data.performance);
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

function Results() {
  const text = useText();
  const ended = useStream((state) => state.endedGames);
  const language = useStream((state) => state.language);
  return (
    <div className="results">
      <h3>{ended.length === 0 ? text.progress.results_none : text.progress.results}</h3>
      <ol>
        {ended.slice(0, 2).map((game) => (
          <li key={game.gameId} data-result={game.gameId} data-winner={game.winner ?? "draw"}>
            {resultText(game, language)}{" "}
            <span className="result-game">
              {fill(text.progress.result, { n: count(game.gameNumber) })}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function NetworkFact({ run }: { run: RunView }) {
  const text = useText();
  return (
    <div className="fact" data-fact="network" data-value={run.parameters}>
      <dt>{text.progress.network}</dt>
      <dd className="figure">
        {fill(text.progress.network_value, { depth: run.tower_depth, width: run.tower_width })}{" "}
        <small>{fill(text.progress.parameters, { n: shortCount(run.parameters) })}</small>
      </dd>
    </div>
  );
}

/** What the stream costs the training, and what it lost; null is "not measured", never 0. */
function HookFact({ hook, run }: { hook: HookView; run: RunView | null }) {
  const text = useText();
  const share = (pct: number | null) => (pct === null ? "–" : percent(pct / 100, 2));
  const cost =
    hook.impact_pct === null
      ? text.progress.cost_unknown
      : fill(text.progress.cost_range, {
          cost: share(hook.impact_pct),
          low: share(hook.impact_low_pct),
          high: share(hook.impact_high_pct),
        });
  const stage = hook.stopped ? text.progress.stopped : text.progress.stages[hook.stage];
  const events = fill(text.progress.hook, {
    emitted: count(hook.emitted),
    dropped: count(hook.dropped),
  });
  return (
    <p className="panel-note" data-fact="cost" data-value={hook.impact_pct ?? ""}>
      {run ? `${run.preset} · ${run.device} · ` : ""}
      {text.bar.cost}: {cost} · {events}
      {hook.stopped || hook.stage !== "full" ? ` · ${stage}` : ""}
    </p>
  );
}

function Facts() {
  const text = useText();
  const now = useNow();
  const status = useLatest("system_status")?.data;
  const positions = useStream((state) => state.latest.ppo_metrics?.data.global_step);
  if (!status) return null;
  const { run, games } = status;
  return (
    <dl className="facts">
      <Fact name="games" label={text.progress.games} value={count(games)} raw={games} />
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
          <Fact name="age" label={text.progress.age} value={age(now - run.started_at, text)} />
          <NetworkFact run={run} />
        </>
      ) : null}
    </dl>
  );
}

/** How far the run has come; only what has been counted or measured. */
export function LearningProgressPanel() {
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
    <Panel name="progress" title={text.progress.title} face={known} waiting={text.progress.waiting}>
      {level === "beginner" ? (
        <>
          <p className="lead">{sentence}</p>
          <RoundSplit />
        </>
      ) : (
        <>
          <Facts />
          {level === "advanced" && status ? (
            <HookFact hook={status.hook} run={status.run} />
          ) : (
            <Results />
          )}
        </>
      )}
    </Panel>
  );
}
