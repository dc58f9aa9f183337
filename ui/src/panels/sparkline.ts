export interface SparklineShape {
  /** Unbroken runs of known values, as SVG path data. */
  line: string;
  /** The last known value's place, null without any. */
  end: { x: number; y: number } | null;
  /** Where the guide lies; null without one. */
  guideY: number | null;
}

interface SparklineInput {
  values: readonly (number | null)[];
  width: number;
  height: number;
  guide?: number | null;
  /** The least the vertical scale spans; the values and the guide may widen it. */
  low?: number;
  high?: number;
}

const PADDING = 3;

/** Lays values out from left to right; a missing value leaves a gap, it is never drawn as 0. */
export function sparkline({
  values,
  width,
  height,
  guide,
  low,
  high,
}: SparklineInput): SparklineShape {
  const known = values.filter((value): value is number => value !== null);
  const within = [...known, ...(guide == null ? [] : [guide * 1.1])];
  const bottom = Math.min(low ?? Number.POSITIVE_INFINITY, ...within);
  const top = Math.max(high ?? Number.NEGATIVE_INFINITY, ...within);
  const span = top - bottom || 1;
  const x = (index: number) =>
    PADDING + (index * (width - 2 * PADDING)) / Math.max(1, values.length - 1);
  const y = (value: number) =>
    height - PADDING - ((value - bottom) * (height - 2 * PADDING)) / span;

  let line = "";
  let end: SparklineShape["end"] = null;
  let isDown = false;
  values.forEach((value, index) => {
    if (value === null) {
      isDown = false;
      return;
    }
    line += `${isDown ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    end = { x: x(index), y: y(value) };
    isDown = true;
  });
  return { line, end, guideY: guide == null ? null : y(guide) };
}
