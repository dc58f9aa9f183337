import { describe, expect, it } from "vitest";
import { type Place, placeIn, searchWith } from "./archiveAddress.ts";

describe("an address", () => {
  it("names a run, a game and a position", () => {
    expect(placeIn("?run=a&game=a-3&ply=41")).toEqual({ run: "a", game: "a-3", ply: 41 });
    expect(placeIn("?run=a&game=a-3")).toEqual({ run: "a", game: "a-3", ply: null });
    expect(placeIn("?run=a")).toEqual({ run: "a", game: null, ply: null });
    expect(placeIn("?archive=1")).toEqual({ run: null, game: null, ply: null });
    expect(placeIn("?level=beginner")).toBeNull();
    expect(placeIn("?game=a-3&ply=1")).toBeNull();
  });

  it("that names no position leaves it open", () => {
    for (const ply of ["", "-1", "1.5", "x", "99999"]) {
      expect(placeIn(`?run=a&game=b&ply=${ply}`)?.ply).toBeNull();
    }
  });

  it("names each place that it was made of", () => {
    const places: (Place | null)[] = [
      { run: "a b&c", game: "a/b-3", ply: 0 },
      { run: "a", game: "b", ply: null },
      { run: "a", game: null, ply: null },
      { run: null, game: null, ply: null },
      null,
    ];
    for (const place of places) {
      const search = searchWith(place, "?level=beginner&run=x&game=y&ply=9");
      expect(placeIn(search)).toEqual(place);
      expect(new URLSearchParams(search).get("level")).toBe("beginner");
    }
    expect(searchWith(null, "?run=a")).toBe("");
  });
});
