import { describe, expect, it } from "vitest";
import { evaluationArea } from "./evaluationArea.ts";
import { chanceWord } from "./MovePredictionPanel.tsx";
import { sparkline } from "./sparkline.ts";

describe("a sparkline", () => {
  const size = { width: 100, height: 40 };

  it("leaves a gap where a value is missing", () => {
    const { line } = sparkline({ values: [1, 2, null, 1], ...size });
    expect(line.match(/M/g)).toHaveLength(2);
  });

  it("ends at the last known value", () => {
    expect(sparkline({ values: [0, 1, null], ...size, low: 0, high: 1 }).end).toEqual({
      x: 50,
      y: 3,
    });
  });

  it("is empty without values", () => {
    expect(sparkline({ values: [], ...size })).toEqual({ line: "", end: null, guideY: null });
  });

  it("keeps the guide in sight, however small the values are", () => {
    const { guideY } = sparkline({ values: [0.001, 0.002], ...size, guide: 0.02 });
    expect(guideY).toBeGreaterThan(0);
    expect(guideY).toBeLessThan(20);
  });

  it("draws a constant series inside its frame", () => {
    expect(sparkline({ values: [5, 5], ...size }).line).not.toContain("NaN");
  });
});

describe("the evaluation's area", () => {
  it("is closed along the bottom, Black's side", () => {
    expect(evaluationArea([0.5, 1], 100, 40).ink).toBe("M0.0 20.0L100.0 0.0V40H0.0Z");
  });

  it("leaves a gap where a value is missing", () => {
    const { known, line } = evaluationArea([0.25, 0.5, null, 0.75, 1], 100, 40);
    expect(line).toBe("M0.0 30.0L25.0 20.0M75.0 10.0L100.0 0.0");
    expect(known).toBe("M0.0 0H25.0V40H0.0ZM75.0 0H100.0V40H75.0Z");
  });

  it("draws a value that stands alone as wide as a move", () => {
    expect(evaluationArea([null, 0.25, null], 100, 40).line).toBe("M25.0 30.0L75.0 30.0");
    expect(evaluationArea([0.25, null, null], 100, 40).line).toBe("M0.0 30.0L25.0 30.0");
  });

  it("is empty where nothing is known, and not an even chance", () => {
    expect(evaluationArea([null, null], 100, 40)).toEqual({ known: "", ink: "", line: "" });
  });

  it("is a level line after no move", () => {
    expect(evaluationArea([0.5], 100, 40).line).toBe("M0.0 20.0L100.0 20.0");
  });
});

describe("the beginner's words", () => {
  it.each([
    [0.9, "sure"],
    [0.4, "likely"],
    [0.2, "maybe"],
    [0.1, "sometimes"],
    [0.01, "rarely"],
  ])("call %d %s", (probability, word) => {
    expect(chanceWord(probability)).toBe(word);
  });
});
