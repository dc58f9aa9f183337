import { expect, it } from "vitest";
import { uiText } from "../store/text.ts";
import { describePosition } from "./describe.ts";
import { readSfen } from "./sfen.ts";

it("says a position in words, both sides with their hands", () => {
  const position = readSfen("4k4/9/9/9/9/9/9/9/+R3K4 b 2P 1");
  expect(position && describePosition(position, uiText("en"))).toBe(
    "Black: dragon 9i, king 5i; in hand: pawn ×2. White: king 5a.",
  );
});
