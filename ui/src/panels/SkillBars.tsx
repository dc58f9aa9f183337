import type { Change, SkillComparison } from "../protocol/messages.ts";
import { percent } from "../store/format.ts";
import { useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { FallingIcon, RisingIcon, SteadyIcon, UnknownTrendIcon } from "./icons.tsx";
import { Ruler } from "./Ruler.tsx";

const CHANGE_ICONS: Record<Change, typeof RisingIcon> = {
  risen: RisingIcon,
  unclear: SteadyIcon,
  fallen: FallingIcon,
  unknown: UnknownTrendIcon,
};

function SkillBar({ skill }: { skill: SkillComparison }) {
  const text = useText();
  const ChangeIcon = CHANGE_ICONS[skill.change];
  const words = text.improvement.change[skill.change];
  const now = percent(skill.now, 0);
  return (
    <li
      className="ladder-row skill-row"
      title={skill.text}
      data-skill={skill.skill}
      data-now={skill.now}
      data-before={skill.before ?? ""}
      data-change={skill.change}
    >
      <span className="ladder-name">{skill.title}</span>
      <Ruler
        scale={{ low: 0, high: 1 }}
        now={{ at: skill.now, low: skill.now_low, high: skill.now_high }}
        then={
          skill.before === null
            ? null
            : { at: skill.before, low: skill.before_low, high: skill.before_high }
        }
        kind="network"
      />
      <span className="ladder-words figure">
        {skill.before === null
          ? now
          : fill(text.improvement.now_then, { now, before: percent(skill.before, 0) })}
      </span>
      <span className={`change change-${skill.change}`} title={words}>
        <ChangeIcon />
        <span className="visually-hidden">{words}</span>
      </span>
    </li>
  );
}

/** What it can do now, and could then, with intervals: in words beside the picture. */
export function SkillBars({ skills, before }: { skills: SkillComparison[]; before: string }) {
  const text = useText();
  if (skills.length === 0) return null;
  return (
    <div className="skills">
      <h3>{before ? fill(text.improvement.skills, { before }) : text.improvement.skills_now}</h3>
      <ul className="ladder" data-testid="skills">
        {skills.map((skill) => (
          <SkillBar key={skill.skill} skill={skill} />
        ))}
      </ul>
    </div>
  );
}
