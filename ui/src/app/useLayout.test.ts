import { describe, expect, it } from "vitest";
import { layoutFor } from "./useLayout.ts";

describe("layoutFor", () => {
  it.each([
    [1920, 1080, "broadcast"],
    [3840, 2160, "broadcast"],
    [2560, 1080, "broadcast"],
    [1280, 720, "compact"],
    [1440, 789, "compact"],
    [390, 844, "feed"],
    [844, 390, "feed"],
    [1024, 768, "feed"],
    [1080, 1920, "feed"],
  ])("makes of %d × %d the %s", (width, height, layout) => {
    expect(layoutFor(width, height)).toBe(layout);
  });
});
