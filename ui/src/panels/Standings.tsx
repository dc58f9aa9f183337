import type { AnchorView, EloReading, Improvement, Level } from "../protocol/messages.ts";
import { count, percent } from "../store/format.ts";
import { useText } from "../store/hooks.ts";
import { fill, type UiText } from "../store/text.ts";
import { type Measured, Ruler, type Scale } from "./Ruler.tsx";
import { Terms } from "./Terms.tsx";

function measured(elo: EloReading): Measured {
  return { at: elo.value, low: elo.low, high: elo.high };
}

/** "500 ± 60". */
function eloWords({ value, high }: EloReading): string {
  return high === null ? count(value) : `${count(value)} ± ${count(high - value)}`;
}

interface Row {
  key: string;
  name: string;
  kind: "network" | "past" | "anchor";
  elo: EloReading;
  anchor: AnchorView | null;
}

/** Everybody whose place is known, strongest first. */
function rowsOf(view: Improvement, text: UiText): Row[] {
  const rows: Row[] = [];
  const { elo, elo_before: then, anchors } = view;
  if (elo)
    rows.push({ key: "now", name: text.improvement.now, kind: "network", elo, anchor: null });
  if (elo && then) {
    const name = text.improvement.then;
    rows.push({ key: "then", name, kind: "past", elo: then, anchor: null });
  }
  for (const anchor of anchors) {
    if (!anchor.elo) continue;
    const { name: key, title: name, elo: place } = anchor;
    rows.push({ key, name, kind: "anchor", elo: place, anchor });
  }
  return rows.sort((one, other) => other.elo.value - one.elo.value);
}

function scaleOf(rows: readonly Row[]): Scale {
  const low = Math.min(...rows.map(({ elo }) => elo.low ?? elo.value));
  const high = Math.max(...rows.map(({ elo }) => elo.high ?? elo.value));
  const margin = Math.max(20, 0.04 * (high - low));
  return { low: low - margin, high: high + margin };
}

/** What the order of the rows tells those who see. */
function Unseen({ words }: { words: string }) {
  return <span className="visually-hidden">: {words}</span>;
}

/** The network on one scale with players that never learn, with error bars. */
function EloLadder({ rows, level }: { rows: Row[]; level: Level }) {
  const text = useText();
  const scale = scaleOf(rows);
  return (
    <ol className="ladder" aria-label={text.improvement.scale} data-testid="ladder">
      {rows.map(({ key, name, kind, elo, anchor }) => (
        <li
          key={key}
          className={`ladder-row ladder-${kind}`}
          title={anchor ? `${anchor.meaning} ${anchor.text}` : undefined}
          data-player={key}
          data-elo={elo.value}
        >
          <span className="ladder-name">
            {name}
            {anchor ? <Unseen words={text.improvement.standing[anchor.standing]} /> : null}
          </span>
          <Ruler scale={scale} now={measured(elo)} kind={kind} />
          {level === "beginner" ? null : (
            <span className="ladder-words figure">{eloWords(elo)}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Where nobody says how strong they are: what the network scores against them. */
function Scores({ anchors }: { anchors: AnchorView[] }) {
  const text = useText();
  return (
    <ol className="ladder" aria-label={text.improvement.scores} data-testid="scores">
      {anchors.map((anchor) => (
        <li
          key={anchor.name}
          className="ladder-row ladder-network"
          title={`${anchor.meaning} ${anchor.text}`}
          data-player={anchor.name}
          data-score={anchor.score ?? ""}
        >
          <span className="ladder-name">
            {anchor.title}
            <Unseen words={text.improvement.standing[anchor.standing]} />
          </span>
          {anchor.score === null ? (
            <span />
          ) : (
            <Ruler
              scale={{ low: 0, high: 1 }}
              now={{ at: anchor.score, low: anchor.low, high: anchor.high }}
              kind="network"
            />
          )}
          <span className="ladder-words figure">
            {anchor.score === null ? text.improvement.not_met : percent(anchor.score, 0)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function hasLadder(view: Improvement): boolean {
  return view.elo !== null && view.anchors.some(({ elo }) => elo !== null);
}

/** Where the network stands among players that never learn, in a sentence. */
export function StandingWords({ view, level }: { view: Improvement; level: Level }) {
  const text = useText();
  const isLoose = view.elo !== null && level !== "beginner" && !hasLadder(view);
  return (
    <p className="improvement-words" data-testid="standing">
      {isLoose && view.elo ? `${fill(text.improvement.elo, { elo: eloWords(view.elo) })} ` : ""}
      <Terms of="learning" sentence={view.standing} />
    </p>
  );
}

/** The same as a picture. */
export function Standings({ view, level }: { view: Improvement; level: Level }) {
  const text = useText();
  if (view.anchors.length === 0) return null;
  const isLadder = hasLadder(view);
  return (
    <div className="standings">
      {level === "beginner" ? null : (
        <h3>{isLadder ? text.improvement.elo_heading : text.improvement.scores_heading}</h3>
      )}
      {isLadder ? (
        <EloLadder rows={rowsOf(view, text)} level={level} />
      ) : (
        <Scores anchors={view.anchors} />
      )}
    </div>
  );
}
