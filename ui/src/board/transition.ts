import { isNextMove, type Scene } from "./scene.ts";
import type { Piece } from "./sfen.ts";

export const SLIDE_MS = 250;
const GLOW_MS = 900;
const FADE_MS = 250;

/** From one scene to the next; times in milliseconds of requestAnimationFrame. */
export interface Transition {
  start: number;
  before: Scene | null;
  /** The move slides; otherwise the new position simply stands there. */
  slides: boolean;
  /** What stood on the target square. */
  captured: Piece | null;
  duration: number;
}

export interface Progress {
  /** 0…1, eased out: where the moving piece is. */
  slide: number;
  /** 1…0: how bright the square it came from still is. */
  glow: number;
  /** 0…1: how far the new map and arrows have replaced the old. */
  fade: number;
  done: boolean;
}

export function makeTransition(
  before: Scene | null,
  after: Scene,
  start: number,
  reducedMotion: boolean,
): Transition {
  const slides = !reducedMotion && isNextMove(before, after);
  const to = after.lastMove?.to ?? -1;
  let duration = FADE_MS;
  if (slides) duration = GLOW_MS;
  if (reducedMotion) duration = 0;
  return { start, before, slides, captured: before?.position.squares[to] ?? null, duration };
}

const portion = (elapsed: number, whole: number) => Math.min(1, Math.max(0, elapsed / whole));

export function progressAt(transition: Transition, now: number): Progress {
  const elapsed = now - transition.start;
  if (transition.duration === 0 || elapsed >= transition.duration) {
    return { slide: 1, glow: 0, fade: 1, done: true };
  }
  const left = 1 - portion(elapsed, SLIDE_MS);
  return {
    slide: transition.slides ? 1 - left * left * left : 1,
    glow: transition.slides ? 1 - portion(elapsed, GLOW_MS) : 0,
    fade: portion(elapsed, FADE_MS),
    done: false,
  };
}
