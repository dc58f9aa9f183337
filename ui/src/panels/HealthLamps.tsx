import type { MetricReading } from "../protocol/messages.ts";
import { healthIcon } from "./StatusIndicator.tsx";
import { Terms } from "./Terms.tsx";

/** The beginner's picture: what is watched and how it is, in words instead of figures. */
export function HealthLamps({ readings, update }: { readings: MetricReading[]; update: number }) {
  return (
    <ul className="lamps">
      {readings.map(({ metric, name, state, meaning, health, value }) => {
        const HealthIcon = healthIcon(health);
        return (
          <li
            key={metric}
            className={`lamp status-${health ?? "unknown"}`}
            data-metric={metric}
            data-value={value ?? ""}
            data-health={health ?? ""}
            data-update={update}
          >
            <HealthIcon />
            <span className="lamp-name">
              <Terms of="learning" sentence={name} />
            </span>
            <span className="lamp-state">{state}</span>
            <span className="lamp-meaning">{meaning}</span>
          </li>
        );
      })}
    </ul>
  );
}
