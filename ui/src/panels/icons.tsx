import type { ReactNode } from "react";

export function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

/** A tick in a circle. */
export const HealthyIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="6.4" />
    <path d="M5.2 8.2l2 2 3.6-4.1" />
  </Icon>
);

/** Steps upwards. */
export const LearningIcon = () => (
  <Icon>
    <path d="M2 13h3.5V9.5H9V6h3.5V2.5H14" />
  </Icon>
);

/** A triangle with an exclamation mark. */
export const ExploringIcon = () => (
  <Icon>
    <path d="M8 2l6.4 11.5H1.6Z" />
    <path d="M8 6.5v3.2M8 11.7v.1" />
  </Icon>
);

export const RunningIcon = () => (
  <Icon>
    <path d="M5 3l8 5-8 5Z" fill="currentColor" />
  </Icon>
);

/** An arrow that goes round. */
export const ReplayIcon = () => (
  <Icon>
    <path d="M3.2 5.2a5.8 5.8 0 1 1-.9 4.2M2.6 2.2v3.4H6" />
  </Icon>
);

export const PausedIcon = () => (
  <Icon>
    <path d="M5.5 3v10M10.5 3v10" strokeWidth="2.6" />
  </Icon>
);

export const WaitingIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="6.4" />
    <path d="M8 4.5V8l2.4 1.6" />
  </Icon>
);

export const ConnectedIcon = () => (
  <Icon>
    <path d="M1.8 6.5a9 9 0 0 1 12.4 0M4.3 9.2a5.4 5.4 0 0 1 7.4 0M8 12.4v.1" />
  </Icon>
);

export const DisconnectedIcon = () => (
  <Icon>
    <path d="M1.8 6.5a9 9 0 0 1 12.4 0M4.3 9.2a5.4 5.4 0 0 1 7.4 0M8 12.4v.1M2.5 2.5l11 11" />
  </Icon>
);

export const UnknownTrendIcon = () => (
  <Icon>
    <path d="M3 8h.1M8 8h.1M13 8h.1" />
  </Icon>
);

export const FallingIcon = () => (
  <Icon>
    <path d="M3 4l10 8M13 7v5H8" />
  </Icon>
);

export const SteadyIcon = () => (
  <Icon>
    <path d="M2.5 8h11M10 4.5L13.5 8 10 11.5" />
  </Icon>
);

export const RisingIcon = () => (
  <Icon>
    <path d="M3 12l10-8M13 9V4H8" />
  </Icon>
);

export const BackIcon = () => (
  <Icon>
    <path d="M10 3.5L5.5 8l4.5 4.5" />
  </Icon>
);

export const ForwardIcon = () => (
  <Icon>
    <path d="M6 3.5L10.5 8 6 12.5" />
  </Icon>
);

export const FirstIcon = () => (
  <Icon>
    <path d="M12 3.5L7.5 8l4.5 4.5M4 3.5v9" />
  </Icon>
);

export const LastIcon = () => (
  <Icon>
    <path d="M4 3.5L8.5 8 4 12.5M12 3.5v9" />
  </Icon>
);
