import { describe, expect, it } from "vitest";
import { age, count, figure, percent, reading, shortCount, squareName } from "./format.ts";
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
    expect(reading("kl_divergence", 0.0123)).toBe("0.012");
    expect(reading("explained_variance", -0.2)).toBe("-0.20");
    expect(reading("explained_variance", -0.001)).toBe("0.00");
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
    [0, "9a"],
    [8, "1a"],
    [47, "7f"],
    [80, "1i"],
  ])("names square %d", (index, expected) => {
    expect(squareName(index)).toBe(expected);
  });
});
