import type { ReactNode } from "react";
import type { Health, PastSelf, Verdict } from "../protocol/messages.ts";
import { improvementFace } from "../store/faces.ts";
import { age, count } from "../store/format.ts";
import { useFace, useLatest, useNow, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { Panel } from "./Panel.tsx";
import { SkillBars } from "./SkillBars.tsx";
import { Standings, StandingWords } from "./Standings.tsx";
import { StatusIndicator } from "./StatusIndicator.tsx";
import { Terms } from "./Terms.tsx";

/** No colour is claimed where the games do not decide. */
const COLOURS: Record<Verdict, Health | null> = {
  unknown: null,
  better: "healthy",
  maybe_better: null,
  unclear: null,
  steady: null,
  no_longer: "learning",
  maybe_weaker: null,
  weaker: "exploring",
};

function Selves({ selves }: { selves: PastSelf[] }) {
  const text = useText();
  if (selves.length === 0) return null;
  return (
    <div className="selves">
      <h3>{text.improvement.selves}</h3>
      <ul data-testid="selves">
        {selves.map(({ update, title, style, games }) => (
          <li key={update} data-self={update} data-games={games}>
            {title}
            {style ? <span className="self-style"> – {style}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Age({ update, seconds }: { update: number; seconds: number }) {
  const text = useText();
  return fill(text.improvement.age, { n: count(update), age: age(seconds, text) });
}

/** Is it getting better? The answer first, then what it is known from. */
export function ImprovementPanel({ heading }: { heading?: ReactNode }) {
  const text = useText();
  const face = useFace(improvementFace);
  const latest = useLatest("improvement");
  const chosen = useStream((state) => state.level);
  const level = latest?.level ?? chosen;
  const view = latest?.data;
  const now = useNow();
  const measured = view?.measured_at ?? null;
  return (
    <Panel
      name="improvement"
      title={text.improvement.title}
      heading={heading}
      face={face}
      waiting={text.improvement.waiting}
      aside={
        view && measured !== null ? <Age update={view.update} seconds={now - measured} /> : null
      }
    >
      {view ? (
        <div data-testid="improvement" data-verdict={view.verdict} data-update={view.update}>
          <p className="lead">
            <StatusIndicator health={COLOURS[view.verdict]} word={view.state} />
            <span data-testid="answer">
              <Terms of="learning" sentence={view.headline} />
            </span>
          </p>
          <p className="improvement-words">
            <Terms of="learning" sentence={view.evidence} />
            {view.plateau ? ` ${view.plateau}` : ""}
            {view.rule ? <span className="improvement-rule"> {view.rule}</span> : null}
          </p>
          {measured !== null ? (
            <>
              <StandingWords view={view} level={level} />
              <div className="improvement-pictures">
                <Standings view={view} level={level} />
                {level === "beginner" ? null : (
                  <SkillBars skills={view.skills} before={view.before} />
                )}
              </div>
              {level === "beginner" ? null : <Selves selves={view.selves} />}
            </>
          ) : null}
        </div>
      ) : null}
    </Panel>
  );
}
