import type { HookView, RunView } from "../protocol/messages.ts";
import { age, count, percent, shortCount } from "../store/format.ts";
import { useLatest, useNow, useStream, useText } from "../store/hooks.ts";
import { fill, type UiText } from "../store/text.ts";

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

/** What plays, as far as the trainer has told: 0 stands for what it has not. */
function NetworkFact({ run }: { run: RunView }) {
  const text = useText();
  const { parameters, tower_depth: depth, tower_width: width } = run;
  if (parameters === 0 && depth === 0) return null;
  return (
    <div className="fact" data-fact="network" data-value={parameters}>
      <dt>{text.progress.network}</dt>
      <dd className="figure">
        {depth > 0 ? `${fill(text.progress.network_value, { depth, width })} ` : null}
        {parameters > 0 ? (
          <small>{fill(text.progress.parameters, { n: shortCount(parameters) })}</small>
        ) : null}
      </dd>
    </div>
  );
}

function costShare(pct: number | null): string {
  // Without the sign of a zero.
  return pct === null ? "–" : percent((Number(pct.toFixed(2)) || 0) / 100, 2);
}

/** The interval is what was measured: its middle alone would claim more. */
export function costWords({ impact_low_pct, impact_high_pct }: HookView, text: UiText): string {
  return fill(text.progress.cost_between, {
    low: costShare(impact_low_pct),
    high: costShare(impact_high_pct),
  });
}

/** How the games of the newest update went. */
export function Outcomes() {
  const text = useText();
  const games = useStream((state) => state.latest.ppo_metrics?.data.metrics);
  if (!games) return null;
  const { mean_length: moves, black_win_share: black, white_win_share: white } = games;
  if (moves === null || black === null || white === null) return null;
  const drawn = Math.max(0, 1 - black - white);
  const value = fill(text.progress.outcomes_value, {
    moves: count(moves),
    black: percent(black, 0),
    white: percent(white, 0),
    drawn: percent(drawn, 0),
  });
  return (
    <p className="panel-note" data-fact="outcomes" data-value={moves}>
      {text.progress.outcomes}: {value}
    </p>
  );
}

/** What the stream costs the training, and what it lost; null is "not measured", never 0. */
export function HookFact({ hook, run }: { hook: HookView; run: RunView | null }) {
  const text = useText();
  const cost =
    hook.impact_pct === null
      ? text.progress.cost_unknown
      : fill(text.progress.cost_range, {
          cost: costShare(hook.impact_pct),
          low: costShare(hook.impact_low_pct),
          high: costShare(hook.impact_high_pct),
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

/** What the run has played and what plays: counted, never estimated. */
export function RunFacts() {
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
