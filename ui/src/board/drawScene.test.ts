import { describe, expect, it } from "vitest";
import { gameState, PAWN_7F, playedMove } from "../protocol/testMessages.ts";
import { arrowStyle, type DrawPiece, drawPieces } from "./drawScene.ts";
import { arrowOutline, centre, type Point, squareAt } from "./geometry.ts";
import { pieceKanji, pieceShape } from "./pieces.ts";
import { makeScene, type Scene } from "./scene.ts";
import type { Piece } from "./sfen.ts";
import { makeTransition, progressAt } from "./transition.ts";

interface Drawn {
  piece: Piece;
  at: Point;
  alpha: number;
}

function sceneOf(changes: Parameters<typeof gameState>[0]): Scene {
  const scene = makeScene({
    game: gameState(changes),
    predictions: null,
    attention: null,
    map: "off",
    arrows: 0,
    labelled: false,
  });
  if (!scene) throw new Error("no scene");
  return scene;
}

function piecesDrawn(before: Scene | null, after: Scene, elapsed: number): Drawn[] {
  const drawn: Drawn[] = [];
  const record: DrawPiece = (piece, at, alpha) => drawn.push({ piece, at, alpha });
  const transition = makeTransition(before, after, 0, false);
  drawPieces(after, transition, progressAt(transition, elapsed), record);
  return drawn;
}

describe("drawing the pieces", () => {
  const start = sceneOf({
    ply: 0,
    last_move: null,
    sfen: "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1",
  });
  const afterPawn = sceneOf({ ply: 1 });

  it("puts every piece on the middle of its square", () => {
    const drawn = piecesDrawn(null, afterPawn, 0);
    expect(drawn).toHaveLength(40);
    expect(drawn).toContainEqual({
      piece: { side: "black", kind: "P" },
      at: centre(47),
      alpha: 1,
    });
  });

  it("starts the moved piece where it came from and draws it last, above the others", () => {
    const drawn = piecesDrawn(start, afterPawn, 0);
    expect(drawn).toHaveLength(40);
    expect(drawn.at(-1)?.at).toEqual(centre(56));
  });

  it("fades a captured piece while the capturer arrives", () => {
    const before = sceneOf({ ply: 1, sfen: "9/9/9/9/9/2p6/2P6/9/9 b - 1" });
    const after = sceneOf({ ply: 2, sfen: "9/9/9/9/9/2P6/9/9/9 w P 2" });
    const half = piecesDrawn(before, after, 60);
    expect(half.map(({ piece }) => piece.side)).toEqual(["white", "black"]);
    expect(half[0]?.alpha).toBeLessThan(1);
    expect(piecesDrawn(before, after, 2000)).toHaveLength(1);
  });

  it("lets a dropped piece appear on its square", () => {
    const drop = playedMove({ move: { ...PAWN_7F, usi: "P*7f", from: -1, drop: "P" } });
    const before = sceneOf({ ply: 1, sfen: "9/9/9/9/9/9/9/9/9 b P 1" });
    const after = sceneOf({ ply: 2, sfen: "9/9/9/9/9/2P6/9/9/9 w - 2", last_move: drop });
    const drawn = piecesDrawn(before, after, 60);
    expect(drawn).toHaveLength(1);
    expect(drawn[0]?.at).toEqual(centre(47));
    expect(drawn[0]?.alpha).toBeLessThan(1);
  });
});

describe("the board's geometry", () => {
  it("finds every square under its own middle", () => {
    for (let index = 0; index < 81; index++) expect(squareAt(centre(index))).toBe(index);
  });

  it.each([
    { x: 5, y: 400 },
    { x: 400, y: 10 },
    { x: 800, y: 400 },
    { x: 400, y: 812 },
  ])("has no square in the margin at %o", (point) => {
    expect(squareAt(point)).toBeNull();
  });

  it("ends an arrow inside its target square", () => {
    const tip = arrowOutline(56, 47, 10)[3];
    expect(tip && squareAt(tip)).toBe(47);
  });

  it("draws no arrow from a square to itself", () => {
    expect(arrowOutline(40, 40, 10)).toEqual([]);
  });
});

describe("an arrow", () => {
  it("is thicker and stronger for the likelier move", () => {
    const [likely, unlikely] = [arrowStyle(0.6), arrowStyle(0.05)];
    expect(likely.thickness).toBeGreaterThan(unlikely.thickness);
    expect(likely.alpha).toBeGreaterThan(unlikely.alpha);
  });
});

describe("a piece", () => {
  it("is larger the higher it ranks", () => {
    const widths = (["K", "R", "G", "N", "L", "P"] as const).map(
      (kind) => pieceShape({ side: "black", kind }).width,
    );
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });

  it("keeps its size and turns red when it promotes", () => {
    const rook = pieceShape({ side: "black", kind: "R" });
    const dragon = pieceShape({ side: "black", kind: "+R" });
    expect(dragon.width).toBe(rook.width);
    expect([rook.isPromoted, dragon.isPromoted]).toEqual([false, true]);
  });

  it("shows the jewelled king for Black and the plain one for White", () => {
    expect(pieceKanji({ side: "black", kind: "K" })).toBe("玉");
    expect(pieceKanji({ side: "white", kind: "K" })).toBe("王");
  });

  it("has an outline for its character, whatever it is", () => {
    const kinds = [
      "K",
      "R",
      "B",
      "G",
      "S",
      "N",
      "L",
      "P",
      "+R",
      "+B",
      "+S",
      "+N",
      "+L",
      "+P",
    ] as const;
    for (const kind of kinds) {
      for (const side of ["black", "white"] as const) {
        expect([kind, pieceShape({ side, kind }).kanji]).toEqual([
          kind,
          expect.stringMatching(/^M/),
        ]);
      }
    }
  });
});
