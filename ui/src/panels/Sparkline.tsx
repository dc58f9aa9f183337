import type { Health } from "../protocol/messages.ts";
import { sparkline } from "./sparkline.ts";

interface SparklineProps {
  values: readonly (number | null)[];
  label: string;
  health: Health;
  limit?: number | null;
  low?: number;
  high?: number;
}

const WIDTH = 150;
const HEIGHT = 44;

/** History of one figure; the shaded band is what is allowed. */
export function Sparkline({ values, label, health, ...range }: SparklineProps) {
  const { line, end, limitY } = sparkline({ values, width: WIDTH, height: HEIGHT, ...range });
  return (
    <svg
      className={`sparkline sparkline-${health}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {limitY === null ? null : (
        <>
          <rect
            className="sparkline-band"
            x="0"
            y={limitY}
            width={WIDTH}
            height={HEIGHT - limitY}
          />
          <line className="sparkline-limit" x1="0" x2={WIDTH} y1={limitY} y2={limitY} />
        </>
      )}
      <path className="sparkline-line" d={line} />
      {end ? <circle className="sparkline-end" cx={end.x} cy={end.y} r="3" /> : null}
    </svg>
  );
}
