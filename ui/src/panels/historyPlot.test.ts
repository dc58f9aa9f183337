import { describe, expect, it } from "vitest";
import type { HistoryLines } from "../store/historyLines.ts";
import { plotData, plotOptions } from "./historyPlot.ts";

const at = (update: number, mean: number | null, off = 0) => ({
  update,
  spread: mean === null ? null : { mean, min: mean - off, max: mean + off, last: mean },
});

type Places = HistoryLines["trunk"];

const lines = (trunk: Places, branches: Places[] = []): HistoryLines => ({
  segments: [],
  trunk,
  branches,
  updatesPerPoint: 1,
  trend: "unknown",
  slope: null,
  slopeLow: null,
  slopeHigh: null,
  latest: null,
});

const colors = {
  line: "blue",
  band: "light blue",
  pale: "grey",
  paleBand: "light grey",
  text: "white",
  grid: "black",
  font: "14px Inter",
};

describe("the plot of a run", () => {
  it("has a least, a greatest and a mean line", () => {
    const data = plotData(lines([at(1, 5, 1), at(2, 6, 2)]));
    expect(data).toEqual([
      [1, 2],
      [4, 4],
      [6, 8],
      [5, 6],
    ]);
  });

  it("breaks a line where it has a gap, and not where only another line has a point", () => {
    const data = plotData(lines([at(3, 7)], [[at(1, 5), at(2, null), at(4, 6)]]));
    expect(data[0]).toEqual([1, 2, 3, 4]);
    expect(data[3]).toEqual([5, null, undefined, 6]);
    expect(data[6]).toEqual([undefined, undefined, 7, undefined]);
  });

  it("lets the trunk stand out, with a band for each line", () => {
    const options = plotOptions(1, colors, (ticks) => ticks.map(String));
    expect(options.series.map(({ stroke }) => stroke)).toEqual([
      undefined,
      "transparent",
      "transparent",
      "grey",
      "transparent",
      "transparent",
      "blue",
    ]);
    expect(options.bands).toEqual([
      { series: [2, 1], fill: "light grey" },
      { series: [5, 4], fill: "light blue" },
    ]);
  });

  it("has ticks at whole updates only", () => {
    const [updates] = plotOptions(0, colors, (ticks) => ticks.map(String)).axes ?? [];
    const steps = updates?.incrs;
    expect(Array.isArray(steps) && steps.slice(0, 5)).toEqual([1, 2, 5, 10, 20]);
  });
});
