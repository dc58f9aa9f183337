import { describe, expect, it } from "vitest";
import { START_SFEN } from "../protocol/testMessages.ts";
import { kingSquare, type Position, readSfen } from "./sfen.ts";

function read(sfen: string): Position {
  const position = readSfen(sfen);
  if (!position) throw new Error(`refused ${sfen}`);
  return position;
}

describe("readSfen", () => {
  it("sets up the start position", () => {
    const { squares, hands, sideToMove } = read(START_SFEN);
    expect(squares.filter(Boolean)).toHaveLength(40);
    expect(squares[0]).toEqual({ side: "white", kind: "L" });
    expect(squares[10]).toEqual({ side: "white", kind: "R" });
    expect(squares[76]).toEqual({ side: "black", kind: "K" });
    expect(hands).toEqual({ black: {}, white: {} });
    expect(sideToMove).toBe("black");
  });

  it("reads promoted pieces of both sides", () => {
    const { squares } = read("+R7+p/9/9/9/9/9/9/9/9 w - 1");
    expect(squares[0]).toEqual({ side: "black", kind: "+R" });
    expect(squares[8]).toEqual({ side: "white", kind: "+P" });
  });

  it("reads hands, with numbers of two digits", () => {
    const { hands } = read("9/9/9/9/9/9/9/9/9 b RB2G18p 1");
    expect(hands).toEqual({ black: { R: 1, B: 1, G: 2 }, white: { P: 18 } });
  });

  it("lives without the move number", () => {
    expect(readSfen("9/9/9/9/9/9/9/9/9 b -")).not.toBeNull();
  });

  it.each([
    ["nothing", ""],
    ["eight ranks", "9/9/9/9/9/9/9/9 b - 1"],
    ["a rank of ten squares", "91/9/9/9/9/9/9/9/9 b - 1"],
    ["a rank of eight squares", "8/9/9/9/9/9/9/9/9 b - 1"],
    ["a piece that does not exist", "x8/9/9/9/9/9/9/9/9 b - 1"],
    ["a promoted gold", "+G8/9/9/9/9/9/9/9/9 b - 1"],
    ["an unknown side", "9/9/9/9/9/9/9/9/9 x - 1"],
    ["a king in hand", "9/9/9/9/9/9/9/9/9 b K 1"],
    ["a hand that is no hand", "9/9/9/9/9/9/9/9/9 b 3 1"],
  ])("refuses %s", (_, sfen) => {
    expect(readSfen(sfen)).toBeNull();
  });
});

describe("kingSquare", () => {
  it("finds the king of a side", () => {
    expect(kingSquare(read(START_SFEN), "white")).toBe(4);
  });

  it("is null where there is none", () => {
    expect(kingSquare(read("9/9/9/9/9/9/9/9/9 b - 1"), "black")).toBeNull();
  });
});
