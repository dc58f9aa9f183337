import { BOARD_SIZE, CELL, GRID, LEFT, type Point, TOP } from "./geometry.ts";
import { OUTLINES } from "./pieces.ts";

const LINE = "#3a2a14";
const RANKS = "一二三四五六七八九";

/** The same grain every time: a small fixed generator (mulberry32). */
function grainNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function drawGrain(ctx: CanvasRenderingContext2D) {
  const next = grainNumbers(20260);
  for (let x = -6; x < BOARD_SIZE + 6; x += 2.5 + next() * 7) {
    const sway = 1.5 + next() * 3.5;
    const phase = next() * Math.PI * 2;
    ctx.beginPath();
    for (let y = 0; y <= BOARD_SIZE; y += 24) {
      const across =
        x + sway * Math.sin(phase + y / 190) + sway * 0.4 * Math.sin(phase * 3 + y / 61);
      if (y === 0) ctx.moveTo(across, y);
      else ctx.lineTo(across, y);
    }
    ctx.lineWidth = 0.6 + next() * 1.5;
    ctx.strokeStyle =
      next() < 0.7 ? `rgba(122,74,20,${0.04 + next() * 0.07})` : "rgba(255,236,190,0.09)";
    ctx.stroke();
  }
}

function drawLines(ctx: CanvasRenderingContext2D) {
  ctx.strokeStyle = LINE;
  for (let i = 0; i <= 9; i++) {
    ctx.lineWidth = i % 9 === 0 ? 2.4 : 1.2;
    const step = i * CELL;
    const reach = i % 9 === 0 ? 1.2 : 0;
    ctx.beginPath();
    ctx.moveTo(LEFT + step, TOP - reach);
    ctx.lineTo(LEFT + step, TOP + GRID + reach);
    ctx.moveTo(LEFT - reach, TOP + step);
    ctx.lineTo(LEFT + GRID + reach, TOP + step);
    ctx.stroke();
  }
  ctx.fillStyle = LINE;
  for (const column of [3, 6]) {
    for (const row of [3, 6]) {
      ctx.beginPath();
      ctx.arc(LEFT + column * CELL, TOP + row * CELL, 4.6, 0, Math.PI * 2);
      ctx.fill();
    }
  }
}

/** Characters keep their size among each other: "一" is as flat as it is written. */
function drawCharacter(
  ctx: CanvasRenderingContext2D,
  character: string,
  at: Point,
  emInUnits: number,
) {
  const outline = OUTLINES[character];
  if (!outline) return;
  ctx.save();
  ctx.translate(at.x, at.y);
  ctx.scale(emInUnits / 1000, emInUnits / 1000);
  ctx.fill(new Path2D(outline.path));
  ctx.restore();
}

function drawCoordinates(ctx: CanvasRenderingContext2D) {
  ctx.fillStyle = LINE;
  for (let i = 0; i < 9; i++) {
    const along = (i + 0.5) * CELL;
    drawCharacter(ctx, String(9 - i), { x: LEFT + along, y: TOP / 2 }, 26);
    drawCharacter(ctx, RANKS[i] ?? "", { x: LEFT + GRID + 19, y: TOP + along }, 22);
  }
}

/** Wood, lines, star points and coordinates; `scale` is device pixels per board unit. */
export function drawEmptyBoard(ctx: CanvasRenderingContext2D, scale: number) {
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  const wood = ctx.createLinearGradient(0, 0, BOARD_SIZE, BOARD_SIZE);
  wood.addColorStop(0, "#e6c07c");
  wood.addColorStop(0.5, "#dcb067");
  wood.addColorStop(1, "#d3a356");
  ctx.fillStyle = wood;
  ctx.fillRect(0, 0, BOARD_SIZE, BOARD_SIZE);
  drawGrain(ctx);
  drawLines(ctx);
  drawCoordinates(ctx);
}
