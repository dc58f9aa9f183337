import { describe, expect, it } from "vitest";
import {
  age,
  count,
  figure,
  historyTicks,
  percent,
  reading,
  shortCount,
  squareName,
} from "./format.ts";
import { uiText } from "./text.ts";

/** Narrow no-break spaces as plain ones, to be readable here. */
const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("numbers", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [18402, "18 402"],
    [1234567, "1 234 567"],
  ])("groups %d by thousands", (value, expected) => {
    expect(plain(count(value))).toBe(expected);
  });

  it.each([
    [9999, "9 999"],
    [12000, "12 k"],
    [371000, "0.37 M"],
    [11_200_000, "11.2 M"],
  ])("shortens %d", (value, expected) => {
    expect(plain(shortCount(value))).toBe(expected);
  });

  it.each([
    [0, "0"],
    [0.01234, "0.012"],
    [0.0003, "0.00030"],
    [0.00001, "1.0e-5"],
    [-0.341, "-0.341"],
    [3.6204, "3.62"],
    [812.4, "812"],
  ])("prints %d with the digits that matter", (value, expected) => {
    expect(figure(value)).toBe(expected);
  });

  it("prints shares as percent", () => {
    expect(plain(percent(0.382))).toBe("38.2 %");
    expect(plain(reading("clip_fraction", 0.142))).toBe("14 %");
    expect(plain(reading("clip_fraction", 0.0142))).toBe("1.4 %");
  });

  it("prints the other readings as figures", () => {
    expect(reading("kl_divergence", 0.0123)).toBe("0.0123");
    expect(reading("explained_variance", -0.2)).toBe("-0.20");
    expect(reading("explained_variance", -0.001)).toBe("0.00");
  });
});

describe("the ticks of a history's axis", () => {
  it.each([
    ["random_score" as const, [0.75, 0.755, 0.76], ["75.0 %", "75.5 %", "76.0 %"]],
    ["random_score" as const, [0.5, 0.75, 1], ["50 %", "75 %", "100 %"]],
    ["elo" as const, [1200, 1200.5, 1201], ["1 200.0", "1 200.5", "1 201.0"]],
    ["mean_length" as const, [-0.04, 0.5, 1], ["0.0", "0.5", "1.0"]],
    ["explained_variance" as const, [0.5, 0.502, 0.504], ["0.500", "0.502", "0.504"]],
    ["entropy" as const, [3.331, 3.332, 3.333], ["3.331", "3.332", "3.333"]],
    ["kl_divergence" as const, [0.0101, 0.0102], ["0.0101", "0.0102"]],
    ["kl_divergence" as const, [0.00001, 0.000011], ["1.0e-5", "1.1e-5"]],
  ])("of %s tell %j apart", (key, values, expected) => {
    expect(historyTicks(key, values).map(plain)).toEqual(expected);
  });
});

describe("age", () => {
  const text = uiText("en");
  it.each([
    [-3, "0 s"],
    [42.9, "42 s"],
    [180, "3 min"],
    [7200, "2 h"],
  ])("says %d seconds in one unit", (seconds, expected) => {
    expect(age(seconds, text)).toBe(expected);
  });
});

describe("squareName", () => {
  it.each([
    [0, "9a", "９一"],
    [8, "1a", "１一"],
    [47, "7f", "７六"],
    [80, "1i", "１九"],
  ])("names square %d as players of the language do", (index, western, japanese) => {
    expect(squareName(index, "en")).toBe(western);
    expect(squareName(index, "ja")).toBe(japanese);
  });
});
