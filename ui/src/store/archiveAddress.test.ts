import { describe, expect, it } from "vitest";
import { EVERYTHING, type Place, placeIn, searchWith } from "./archiveAddress.ts";

describe("an address", () => {
  it("names a run, a game and a position", () => {
    const none = { ply: null, endedBy: null };
    expect(placeIn("?run=a&game=a-3&ply=41")).toEqual({ ...none, run: "a", game: "a-3", ply: 41 });
    expect(placeIn("?run=a&game=a-3")).toEqual({ ...none, run: "a", game: "a-3" });
    expect(placeIn("?run=a&game=a-3&ended_by=1763848001.75")).toEqual({
      run: "a",
      game: "a-3",
      ply: null,
      endedBy: 1763848001.75,
    });
    expect(placeIn("?run=a&ended_by=5")).toEqual({ ...none, run: "a", game: null });
    expect(placeIn("?archive=1")).toEqual(EVERYTHING);
    expect(placeIn("?level=beginner")).toBeNull();
    expect(placeIn("?game=a-3&ply=1")).toBeNull();
  });

  it("that names no position leaves it open", () => {
    for (const ply of ["", "-1", "1.5", "x", "99999"]) {
      expect(placeIn(`?run=a&game=b&ply=${ply}`)?.ply).toBeNull();
    }
    for (const time of ["", "-1", "1.", "x", "1e3", "9999999999999"]) {
      expect(placeIn(`?run=a&game=b&ended_by=${time}`)?.endedBy).toBeNull();
    }
  });

  it("names each place that it was made of", () => {
    const places: (Place | null)[] = [
      { run: "a b&c", game: "a/b-3", ply: 0, endedBy: null },
      { run: "a", game: "b", ply: null, endedBy: 1763848001.123457 },
      { run: "a", game: null, ply: null, endedBy: null },
      EVERYTHING,
      null,
    ];
    for (const place of places) {
      const search = searchWith(place, "?level=beginner&run=x&game=y&ply=9&ended_by=7");
      expect(placeIn(search)).toEqual(place);
      expect(new URLSearchParams(search).get("level")).toBe("beginner");
    }
    expect(searchWith(null, "?run=a")).toBe("");
  });
});
