import { expect, it } from "vitest";
import { describePosition } from "./describe.ts";
import { readSfen } from "./sfen.ts";

it("says a position in words, both sides with their hands", () => {
  const position = readSfen("4k4/9/9/9/9/9/9/9/+R3K4 b 2P 1");
  expect(position && describePosition(position, "en")).toBe(
    "Black: dragon 9i, king 5i; in hand: pawn ×2. White: king 5a.",
  );
  expect(position && describePosition(position, "ja")).toBe(
    "先手：９九竜、５九玉。持ち駒は歩2枚。後手：５一玉。",
  );
});
