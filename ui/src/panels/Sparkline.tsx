import type { KnownHealth } from "./StatusIndicator.tsx";
import { sparkline } from "./sparkline.ts";

interface SparklineProps {
  values: readonly (number | null)[];
  label: string;
  health: KnownHealth;
  /** The colour of the last point. */
  newest: KnownHealth;
  guide?: number | null;
  low?: number;
  high?: number;
}

const WIDTH = 150;
const HEIGHT = 44;

/** History of one figure, in the colour of the newest few; the last point in its own. */
export function Sparkline({ values, label, health, newest, ...range }: SparklineProps) {
  const { line, end, guideY } = sparkline({ values, width: WIDTH, height: HEIGHT, ...range });
  return (
    <svg
      className={`sparkline sparkline-${health ?? "unknown"}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {guideY === null ? null : (
        <line className="sparkline-guide" x1="0" x2={WIDTH} y1={guideY} y2={guideY} />
      )}
      <path className="sparkline-line" d={line} />
      {end ? (
        <circle
          className={`sparkline-end sparkline-${newest ?? "unknown"}`}
          cx={end.x}
          cy={end.y}
          r="3"
        />
      ) : null}
    </svg>
  );
}
