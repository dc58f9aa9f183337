import type { Side } from "../protocol/messages.ts";
import { arrowOutline, CELL, centre, corner, type Point } from "./geometry.ts";
import type { Arrow, HeatMap, Scene } from "./scene.ts";
import type { Piece } from "./sfen.ts";
import type { Progress, Transition } from "./transition.ts";

/** Draws a piece with its centre at a point; made by sprites.ts. */
export type DrawPiece = (piece: Piece, at: Point, alpha: number, scale: number) => void;

const HEAT_ALPHA = 0.85;

function fillSquare(ctx: CanvasRenderingContext2D, index: number, colour: string, inset = 1) {
  const { x, y } = corner(index);
  ctx.fillStyle = colour;
  ctx.fillRect(x + inset, y + inset, CELL - 2 * inset, CELL - 2 * inset);
}

export function drawHeat(ctx: CanvasRenderingContext2D, heat: HeatMap, alpha: number) {
  heat.strength.forEach((strength, index) => {
    const shown = strength * HEAT_ALPHA * alpha;
    if (shown < 0.004) return;
    const pale = Math.min(heat.ground, 3 * strength) * alpha;
    fillSquare(ctx, index, `rgb(245 246 252 / ${pale.toFixed(3)})`);
    fillSquare(ctx, index, `rgb(${heat.colour} / ${shown.toFixed(3)})`);
  });
}

/** Figures go on top of the pieces, on a plate of their own, or they could not be read. */
export function drawHeatLabels(ctx: CanvasRenderingContext2D, heat: HeatMap, alpha: number) {
  ctx.font = '600 16px "Inter Variable", "Inter", sans-serif';
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  heat.labels.forEach((label, index) => {
    if (!label) return;
    const { x, y } = corner(index);
    const width = ctx.measureText(label).width + 8;
    ctx.globalAlpha = alpha;
    ctx.fillStyle = "rgb(14 17 22 / 0.82)";
    ctx.beginPath();
    ctx.roundRect(x + 2.5, y + 2.5, width, 20, 4);
    ctx.fill();
    ctx.fillStyle = "#e9eef4";
    ctx.fillText(label, x + 2.5 + width / 2, y + 13.5);
  });
  ctx.globalAlpha = 1;
}

export function drawLastMove(ctx: CanvasRenderingContext2D, scene: Scene, progress: Progress) {
  if (!scene.lastMove) return;
  const { from, to } = scene.lastMove;
  fillSquare(ctx, to, "rgb(96 60 8 / 0.34)");
  if (from < 0) return;
  fillSquare(ctx, from, "rgb(96 60 8 / 0.16)");
  if (progress.glow > 0) fillSquare(ctx, from, `rgb(255 246 214 / ${0.75 * progress.glow})`);
}

export function drawCheck(ctx: CanvasRenderingContext2D, square: number) {
  const { x, y } = corner(square);
  ctx.strokeStyle = "#b3261e";
  ctx.lineWidth = 4;
  ctx.beginPath();
  ctx.roundRect(x + 3, y + 3, CELL - 6, CELL - 6, 8);
  ctx.stroke();
}

export function drawPieces(
  scene: Scene,
  transition: Transition | null,
  progress: Progress,
  drawPiece: DrawPiece,
) {
  const moving = progress.slide < 1 ? scene.lastMove : null;
  scene.position.squares.forEach((piece, index) => {
    if (piece && index !== moving?.to) drawPiece(piece, centre(index), 1, 1);
  });
  if (!moving) return;
  const end = centre(moving.to);
  if (transition?.captured) drawPiece(transition.captured, end, 1 - progress.slide, 1);
  const piece = scene.position.squares[moving.to];
  if (!piece) return;
  const left = 1 - progress.slide;
  if (moving.from < 0) {
    drawPiece(piece, end, progress.slide, 1 + 0.35 * left);
    return;
  }
  const start = centre(moving.from);
  const at = { x: end.x + (start.x - end.x) * left, y: end.y + (start.y - end.y) * left };
  drawPiece(piece, at, 1, 1 + 0.06 * Math.sin(Math.PI * progress.slide));
}

/** Thicker and stronger is more probable; a drop is a ring on its square. */
export function arrowStyle(probability: number): { thickness: number; alpha: number } {
  const weight = Math.sqrt(Math.min(1, Math.max(0, probability)));
  return { thickness: 5 + 15 * weight, alpha: 0.22 + 0.68 * weight };
}

export function drawArrow(ctx: CanvasRenderingContext2D, arrow: Arrow, side: Side, fade: number) {
  const { thickness, alpha } = arrowStyle(arrow.probability);
  const colour = `rgb(29 78 216 / ${(alpha * fade).toFixed(3)})`;
  if (arrow.from < 0) {
    const { x, y } = centre(arrow.to);
    ctx.strokeStyle = colour;
    ctx.lineWidth = thickness * 0.5;
    ctx.beginPath();
    ctx.arc(x, y, CELL * 0.34, 0, Math.PI * 2);
    ctx.stroke();
    const turn = side === "white" ? -1 : 1;
    ctx.fillStyle = colour;
    ctx.beginPath();
    ctx.moveTo(x, y - 9 * turn);
    ctx.lineTo(x + 9, y + 7 * turn);
    ctx.lineTo(x - 9, y + 7 * turn);
    ctx.fill();
    return;
  }
  const outline = arrowOutline(arrow.from, arrow.to, thickness);
  ctx.fillStyle = colour;
  ctx.strokeStyle = `rgb(233 238 244 / ${(0.55 * alpha * fade).toFixed(3)})`;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  for (const { x, y } of outline) ctx.lineTo(x, y);
  ctx.closePath();
  ctx.fill();
  ctx.stroke();
}
