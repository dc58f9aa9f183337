import type { DrawPiece } from "./drawScene.ts";
import { CELL } from "./geometry.ts";
import { PIECE_COLOURS, pieceShape, turned } from "./pieces.ts";
import type { Piece } from "./sfen.ts";

/** Side of a sprite in board units: a square and room for the shadow. */
const SPRITE = CELL + 16;

function paintPiece(ctx: CanvasRenderingContext2D, piece: Piece, scale: number) {
  const shape = pieceShape(piece);
  const face = new Path2D(shape.face);
  ctx.setTransform(scale, 0, 0, scale, (SPRITE / 2) * scale, (SPRITE / 2) * scale);
  ctx.save();
  // The light comes from above for both sides, so the shadow is not turned with the piece.
  ctx.shadowColor = "rgb(40 22 0 / 0.5)";
  ctx.shadowBlur = 5 * scale;
  ctx.shadowOffsetY = 3 * scale;
  ctx.shadowOffsetX = 1 * scale;
  if (turned(piece.side)) ctx.rotate(Math.PI);
  ctx.fillStyle = PIECE_COLOURS.face;
  ctx.fill(face);
  ctx.restore();

  if (turned(piece.side)) ctx.rotate(Math.PI);
  const light = ctx.createLinearGradient(
    -shape.width / 2,
    -shape.height / 2,
    shape.width / 2,
    shape.height / 2,
  );
  light.addColorStop(0, PIECE_COLOURS.light);
  light.addColorStop(0.55, PIECE_COLOURS.face);
  light.addColorStop(1, "#e9cd95");
  ctx.fillStyle = light;
  ctx.fill(face);
  ctx.fillStyle = PIECE_COLOURS.foot;
  ctx.fill(new Path2D(shape.foot));
  ctx.strokeStyle = PIECE_COLOURS.edge;
  ctx.lineWidth = 1.3;
  ctx.lineJoin = "round";
  ctx.stroke(face);
  ctx.translate(0, shape.kanjiY);
  ctx.scale(shape.kanjiScale, shape.kanjiScale);
  ctx.fillStyle = shape.isPromoted ? PIECE_COLOURS.promoted : PIECE_COLOURS.ink;
  ctx.fill(new Path2D(shape.kanji));
}

/** Every piece is painted once per size and then only copied. */
export function makeSprites(ctx: CanvasRenderingContext2D, scale: number): DrawPiece {
  const painted = new Map<string, HTMLCanvasElement>();

  function sprite(piece: Piece): HTMLCanvasElement {
    const key = `${piece.side}${piece.kind}`;
    const known = painted.get(key);
    if (known) return known;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.ceil(SPRITE * scale);
    const own = canvas.getContext("2d");
    if (own) paintPiece(own, piece, scale);
    painted.set(key, canvas);
    return canvas;
  }

  return (piece, at, alpha, size) => {
    const side = SPRITE * size;
    ctx.globalAlpha = alpha;
    ctx.drawImage(sprite(piece), at.x - side / 2, at.y - side / 2, side, side);
    ctx.globalAlpha = 1;
  };
}
