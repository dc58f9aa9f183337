export interface EvaluationArea {
  /** Black's part of the picture, closed along the bottom. */
  area: string;
  line: string;
}

/** Black's chance per ply as an area from below. An unknown value holds the last known one. */
export function evaluationArea(
  history: readonly (number | null)[],
  width: number,
  height: number,
): EvaluationArea {
  if (history.length === 0) return { area: "", line: "" };
  let last = 0.5;
  const step = width / Math.max(1, history.length - 1);
  const points = history.map((value, index) => {
    last = value ?? last;
    return `${(index * step).toFixed(1)} ${((1 - last) * height).toFixed(1)}`;
  });
  if (points.length === 1) points.push(`${width} ${((1 - last) * height).toFixed(1)}`);
  const line = `M${points.join("L")}`;
  return { area: `${line}V${height}H0Z`, line };
}
