import type { Health } from "../protocol/messages.ts";
import { ExploringIcon, HealthyIcon, LearningIcon, UnknownTrendIcon } from "./icons.tsx";

const HEALTH_ICONS = {
  healthy: HealthyIcon,
  learning: LearningIcon,
  exploring: ExploringIcon,
  unknown: UnknownTrendIcon,
} as const;

/** Null: too little is known to say, and no colour says anything else. */
export type KnownHealth = Health | null;

export function healthIcon(health: KnownHealth) {
  return HEALTH_ICONS[health ?? "unknown"];
}

/** A state as colour, icon and word at once, so that none of them is needed alone. */
export function StatusIndicator({ health, word }: { health: KnownHealth; word: string }) {
  const HealthIcon = healthIcon(health);
  return (
    <span className={`status status-${health ?? "unknown"}`} data-health={health ?? ""}>
      <HealthIcon />
      {word}
    </span>
  );
}
