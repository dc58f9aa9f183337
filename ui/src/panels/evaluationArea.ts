export interface EvaluationArea {
  /** Where the forecast is known, from top to bottom. */
  known: string;
  /** Black's part of that, closed along the bottom. */
  ink: string;
  /** Between Black's part and White's. */
  line: string;
}

type Point = readonly [x: number, share: number];

/** Unbroken stretches of known values; one that stands alone is as wide as a move. */
function stretches(history: readonly (number | null)[], width: number): Point[][] {
  const step = width / Math.max(1, history.length - 1);
  const half = history.length > 1 ? step / 2 : width;
  const all: Point[][] = [];
  let current: Point[] | null = null;
  history.forEach((share, index) => {
    if (share === null) {
      current = null;
      return;
    }
    if (!current) {
      current = [];
      all.push(current);
    }
    current.push([index * step, share]);
  });
  return all.map((points) => {
    const [only, another] = points;
    if (!only || another) return points;
    const [x, share] = only;
    return [
      [Math.max(0, x - half), share],
      [Math.min(width, x + half), share],
    ];
  });
}

/** The forecast for Black per ply as an area from below. An unknown value is a gap, never an even one. */
export function evaluationArea(
  history: readonly (number | null)[],
  width: number,
  height: number,
): EvaluationArea {
  const shape: EvaluationArea = { known: "", ink: "", line: "" };
  for (const points of stretches(history, width)) {
    const begin = (points[0]?.[0] ?? 0).toFixed(1);
    const end = (points.at(-1)?.[0] ?? 0).toFixed(1);
    const line = `M${points
      .map(([x, share]) => `${x.toFixed(1)} ${((1 - share) * height).toFixed(1)}`)
      .join("L")}`;
    shape.known += `M${begin} 0H${end}V${height}H${begin}Z`;
    shape.ink += `${line}V${height}H${begin}Z`;
    shape.line += line;
  }
  return shape;
}
