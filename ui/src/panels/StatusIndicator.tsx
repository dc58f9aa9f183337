import type { Health } from "../protocol/messages.ts";
import { ExploringIcon, HealthyIcon, LearningIcon } from "./icons.tsx";

export const HEALTH_ICONS = {
  healthy: HealthyIcon,
  learning: LearningIcon,
  exploring: ExploringIcon,
} as const;

/** A state as colour, icon and word at once, so that none of them is needed alone. */
export function StatusIndicator({ health, word }: { health: Health; word: string }) {
  const HealthIcon = HEALTH_ICONS[health];
  return (
    <span className={`status status-${health}`} data-health={health}>
      <HealthIcon />
      {word}
    </span>
  );
}
