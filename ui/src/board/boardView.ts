import {
  type DrawPiece,
  drawArrow,
  drawCheck,
  drawHeat,
  drawHeatLabels,
  drawLastMove,
  drawPieces,
} from "./drawScene.ts";
import { BOARD_SIZE } from "./geometry.ts";
import type { Scene } from "./scene.ts";
import { makeSprites } from "./sprites.ts";
import { makeTransition, type Progress, progressAt, type Transition } from "./transition.ts";
import { drawEmptyBoard } from "./wood.ts";

const AT_REST: Progress = { slide: 1, glow: 0, fade: 1, done: true };

/**
 * The canvas of the board. Draws only when something has changed: any number of changes before the
 * next animation frame become one drawing, and nothing runs while nothing moves.
 */
export class BoardView {
  private readonly ctx: CanvasRenderingContext2D;
  private readonly wood = document.createElement("canvas");
  private drawPiece: DrawPiece = () => {};
  private scene: Scene | null = null;
  private transition: Transition | null = null;
  private frame = 0;
  private scale = 1;

  private readonly canvas: HTMLCanvasElement;
  private readonly prefersReducedMotion: () => boolean;

  constructor(canvas: HTMLCanvasElement, prefersReducedMotion: () => boolean) {
    this.canvas = canvas;
    this.prefersReducedMotion = prefersReducedMotion;
    const ctx = canvas.getContext("2d");
    if (!ctx) throw new Error("no 2D canvas");
    this.ctx = ctx;
  }

  /** Fits the canvas to its size on the page, in CSS pixels. */
  resize(cssSize: number, pixelRatio: number) {
    const pixels = Math.max(1, Math.round(cssSize * pixelRatio));
    if (this.canvas.width === pixels && this.scale !== 1) return;
    this.canvas.width = this.canvas.height = pixels;
    this.scale = pixels / BOARD_SIZE;
    this.repaint();
  }

  private repaint() {
    this.wood.width = this.wood.height = this.canvas.width;
    const woodCtx = this.wood.getContext("2d");
    if (woodCtx) drawEmptyBoard(woodCtx, this.scale);
    this.drawPiece = makeSprites(this.ctx, this.scale);
    this.requestFrame();
  }

  show(scene: Scene | null) {
    if (scene) {
      this.transition = this.nextTransition(scene);
    }
    this.scene = scene;
    this.requestFrame();
  }

  destroy() {
    cancelAnimationFrame(this.frame);
  }

  /** The same position with a new map keeps its running slide; only the map fades. */
  private nextTransition(scene: Scene): Transition {
    const running = this.transition;
    const now = performance.now();
    const samePosition = this.scene?.gameId === scene.gameId && this.scene.ply === scene.ply;
    if (samePosition && running?.slides && !progressAt(running, now).done) return running;
    return makeTransition(this.scene, scene, now, this.prefersReducedMotion());
  }

  private requestFrame() {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw() {
    const { ctx, scene } = this;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(this.wood, 0, 0);
    if (!scene) return;
    ctx.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    const progress = this.transition ? progressAt(this.transition, performance.now()) : AT_REST;
    const before = this.transition?.before;
    drawLastMove(ctx, scene, progress);
    if (before?.heat && progress.fade < 1) drawHeat(ctx, before.heat, 1 - progress.fade);
    if (scene.heat) drawHeat(ctx, scene.heat, progress.fade);
    if (scene.check !== null) drawCheck(ctx, scene.check);
    drawPieces(scene, this.transition, progress, this.drawPiece);
    // The least probable first, so that the favourite lies on top.
    for (const arrow of [...scene.arrows].reverse()) {
      drawArrow(ctx, arrow, scene.position.sideToMove, progress.fade);
    }
    if (scene.heat) drawHeatLabels(ctx, scene.heat, progress.fade);
    if (!progress.done) this.requestFrame();
  }
}
