import type uPlot from "uplot";
import type { HistoryLines } from "../store/historyLines.ts";

export interface PlotColors {
  line: string;
  band: string;
  /** Of branches that a resume left behind. */
  pale: string;
  paleBand: string;
  text: string;
  grid: string;
  font: string;
}

/** The page's own colours, so that a chart follows its theme. */
export function colorsOf(element: Element): PlotColors {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    line: color("--accent"),
    band: `${color("--accent")}40`,
    pale: color("--muted"),
    paleBand: `${color("--muted")}26`,
    text: color("--muted"),
    grid: color("--border"),
    font: `${style.fontSize} ${style.fontFamily}`,
  };
}

/**
 * Columns of numbers for uPlot: the updates, then for each branch left behind, and at last for the
 * trunk, its least, greatest and mean values. `undefined` is another line's place, over which a line goes on; `null` breaks it.
 */
export function plotData({ trunk, branches }: HistoryLines): uPlot.AlignedData {
  const lines = [...branches, trunk];
  const updates = [...new Set(lines.flatMap((places) => places.map(({ update }) => update)))];
  updates.sort((a, b) => a - b);
  const indexOf = new Map(updates.map((update, index) => [update, index]));
  const columns = lines.flatMap((places) => {
    const empty = () => new Array<number | null | undefined>(updates.length).fill(undefined);
    const [min, max, mean] = [empty(), empty(), empty()];
    for (const { update, spread } of places) {
      const index = indexOf.get(update) ?? 0;
      min[index] = spread?.min ?? null;
      max[index] = spread?.max ?? null;
      mean[index] = spread?.mean ?? null;
    }
    return [min, max, mean];
  });
  return [updates, ...columns];
}

/** Between ticks at updates: there is nothing between two updates. */
const WHOLE_STEPS = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((n) => n * 10 ** power));

/** How so many branches look and the trunk, which stands out; each has its band. */
export function plotOptions(
  branches: number,
  colors: PlotColors,
  print: (ticks: number[]) => string[],
): Omit<uPlot.Options, "width" | "height"> {
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (let line = 0; line <= branches; line += 1) {
    const isTrunk = line === branches;
    const edge: uPlot.Series = { points: { show: false }, stroke: "transparent" };
    const first = series.length;
    series.push({ ...edge }, { ...edge });
    series.push({
      stroke: isTrunk ? colors.line : colors.pale,
      width: isTrunk ? 2 : 1.5,
    });
    bands.push({ series: [first + 1, first], fill: isTrunk ? colors.band : colors.paleBand });
  }
  const axis: uPlot.Axis = {
    stroke: colors.text,
    font: colors.font,
    grid: { stroke: colors.grid, width: 1 },
    ticks: { show: false },
  };
  return {
    series,
    bands,
    scales: { x: { time: false } },
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 18, 0, 0],
    axes: [
      { ...axis, grid: { show: false }, size: 24, incrs: WHOLE_STEPS.flat() },
      { ...axis, size: 52, values: (_plot, ticks) => print(ticks) },
    ],
  };
}
