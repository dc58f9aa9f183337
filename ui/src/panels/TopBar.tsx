import { count } from "../store/format.ts";
import { useLatest, useStream, useText } from "../store/hooks.ts";
import { ConnectionStatus } from "./ConnectionStatus.tsx";
import { PausedIcon, RunningIcon, WaitingIcon } from "./icons.tsx";
import { costWords } from "./RunFacts.tsx";
import { EducationalLevelSelector, LanguageSelector } from "./selectors.tsx";

const TRAINING_ICONS = {
  waiting: WaitingIcon,
  running: RunningIcon,
  paused: PausedIcon,
  unknown: WaitingIcon,
} as const;

/** Waiting, learning or paused; unknown while nobody has said anything or the connection is lost. */
export function StatusChip() {
  const text = useText();
  const known = useStream((state) =>
    state.connectionStatus === "connected" ? state.latest.system_status?.data.training : undefined,
  );
  const detail = useStream((state) => state.latest.system_status?.data.text ?? "");
  const training = known ?? "unknown";
  const TrainingIcon = TRAINING_ICONS[training];
  return (
    <span
      className={`chip chip-${training}`}
      role="status"
      data-training={training}
      title={known ? detail : undefined}
    >
      <TrainingIcon />
      {text.training[training]}
    </span>
  );
}

interface BarFigureProps {
  name: string;
  label: string;
  value: string;
  raw: number;
  title?: string;
}

function BarFigure({ name, label, value, raw, title }: BarFigureProps) {
  return (
    <span className="bar-figure" data-bar={name} data-value={raw} title={title}>
      {label} <strong className="figure">{value}</strong>
    </span>
  );
}

function RunFigures() {
  const text = useText();
  const status = useLatest("system_status")?.data;
  if (!status) return null;
  const { samples_per_s: speed, hook, run } = status;
  return (
    <div className="bar-figures">
      {/* Without a run nothing was learned: that is no run that has learned nothing. */}
      {run === null ? null : (
        <>
          <BarFigure
            name="update"
            label={text.bar.update}
            value={count(status.update)}
            raw={status.update}
          />
          <BarFigure
            name="games"
            label={text.bar.games}
            value={count(status.games)}
            raw={status.games}
          />
        </>
      )}
      {speed === null ? null : (
        <BarFigure
          name="speed"
          label={text.bar.speed}
          value={`${count(speed)} ${text.bar.speed_unit}`}
          raw={speed}
        />
      )}
      {hook.impact_pct === null ? null : (
        <BarFigure
          name="cost"
          label={text.bar.cost}
          value={costWords(hook, text)}
          raw={hook.impact_pct}
          title={hook.impact_text}
        />
      )}
      <BarFigure
        name="viewers"
        label={text.bar.viewers}
        value={count(status.viewers)}
        raw={status.viewers}
      />
    </div>
  );
}

export function TopBar() {
  const text = useText();
  const run = useStream((state) => state.latest.system_status?.data.run?.name);
  return (
    <header className="top-bar">
      <h1 className="brand" title={text.run.tagline}>
        {text.run.title} <span lang="ja">{text.run.native}</span>
        {run && run !== text.run.title ? <span className="brand-run">{run}</span> : null}
      </h1>
      <StatusChip />
      <RunFigures />
      <div className="top-controls">
        <ConnectionStatus />
        <EducationalLevelSelector />
        <LanguageSelector />
      </div>
    </header>
  );
}
