import { describe, expect, it } from "vitest";
import type { HistoryLines } from "../store/historyLines.ts";
import { plotData, plotOptions } from "./historyPlot.ts";

const at = (update: number, mean: number | null, off = 0) => ({
  update,
  spread: mean === null ? null : { mean, min: mean - off, max: mean + off, last: mean },
});

const lines = (segments: HistoryLines["segments"]): HistoryLines => ({
  segments,
  updatesPerPoint: 1,
  trend: "unknown",
  slope: null,
  slopeLow: null,
  slopeHigh: null,
  latest: null,
});

describe("the plot of a run", () => {
  it("has a least, a greatest and a mean line for each segment", () => {
    const data = plotData(lines([{ segment: 1, places: [at(1, 5, 1), at(2, 6, 2)] }]));
    expect(data).toEqual([
      [1, 2],
      [4, 4],
      [6, 8],
      [5, 6],
    ]);
  });

  it("breaks a line where it has a gap, and not where only another segment has a point", () => {
    const data = plotData(
      lines([
        { segment: 1, places: [at(1, 5), at(2, null), at(4, 6)] },
        { segment: 2, places: [at(3, 7)] },
      ]),
    );
    expect(data[0]).toEqual([1, 2, 3, 4]);
    expect(data[3]).toEqual([5, null, undefined, 6]);
    expect(data[6]).toEqual([undefined, undefined, 7, undefined]);
  });

  it("lets the newest segment stand out, with a band for each", () => {
    const colors = {
      line: "blue",
      band: "light blue",
      pale: "grey",
      paleBand: "light grey",
      text: "white",
      grid: "black",
      font: "14px Inter",
    };
    const options = plotOptions(2, colors, String);
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
});
