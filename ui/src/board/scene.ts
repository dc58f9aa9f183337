import type { GameState, MovePredictions, SeAttention } from "../protocol/messages.ts";
import type { MapMode } from "../store/settings.ts";
import { kingSquare, type Position, readSfen } from "./sfen.ts";

export interface Arrow {
  /** -1 for a drop. */
  from: number;
  to: number;
  probability: number;
}

/** Strength 0…1 per square, in one of the map colours. */
export interface HeatMap {
  colour: string;
  /** Pale ground under the colour, 0…1. Straight over wood, blue turns grey. */
  ground: number;
  strength: number[];
  /** Printed into the squares' corners at the advanced level; empty elsewhere. */
  labels: string[];
}

/** All that a frame of the board shows. Made from messages by plain functions, drawn by others. */
export interface Scene {
  gameId: string;
  ply: number;
  position: Position;
  lastMove: { from: number; to: number } | null;
  check: number | null;
  heat: HeatMap | null;
  arrows: Arrow[];
}

export const HEAT_COLOURS = {
  destinations: "59 130 246",
  activity: "139 92 246",
  matters: "249 115 22",
} as const;

export interface SceneInput {
  game: GameState;
  predictions: MovePredictions | null;
  attention: SeAttention | null;
  map: MapMode;
  arrows: number;
  labelled: boolean;
}

/** A share below this never gets the full colour: an undecided network must look undecided. */
const LEAST_FULL_SHARE = 0.2;

/** The share that the map's strongest colour stands for. */
export function fullShare(destinations: readonly number[]): number {
  return Math.max(LEAST_FULL_SHARE, ...destinations);
}

function destinationsHeat(destinations: number[], labelled: boolean): HeatMap {
  const full = fullShare(destinations);
  return {
    colour: HEAT_COLOURS.destinations,
    ground: 0.85,
    strength: destinations.map((share) => share / full),
    labels: labelled
      ? destinations.map((share) => (share >= 0.03 ? String(Math.round(share * 100)) : ""))
      : [],
  };
}

/** Of an earlier position it is shown paler. */
const EARLIER = 0.55;

function activityHeat(weights: number[], isEarlier: boolean, labelled: boolean): HeatMap {
  return {
    colour: HEAT_COLOURS.activity,
    // Dense maps keep the wood visible; violet does not turn grey on it.
    ground: 0.3,
    strength: isEarlier ? weights.map((weight) => weight * EARLIER) : weights,
    labels:
      labelled && !isEarlier
        ? weights.map((weight) => (weight >= 0.8 ? weight.toFixed(2).replace(/^0/, "") : ""))
        : [],
  };
}

function heatOf({ game, map, predictions, attention, labelled }: SceneInput): HeatMap | null {
  const destinations = predictions?.destinations;
  if (map === "destinations" && destinations) return destinationsHeat([...destinations], labelled);
  if (map === "activity" && attention) {
    return activityHeat([...attention.weights], attention.ply < game.ply, labelled);
  }
  return null;
}

/** The scene of a game state, null if its SFEN cannot be read. */
export function makeScene(input: SceneInput): Scene | null {
  const { game, predictions } = input;
  const position = readSfen(game.sfen);
  if (!position) return null;
  const last = game.last_move?.move;
  return {
    gameId: game.game_id,
    ply: game.ply,
    position,
    lastMove: last ? { from: last.from, to: last.to } : null,
    check: game.in_check ? kingSquare(position, position.sideToMove) : null,
    heat: heatOf(input),
    arrows: (predictions?.predictions ?? [])
      .slice(0, input.arrows)
      .map(({ move, probability }) => ({ from: move.from, to: move.to, probability })),
  };
}

const START = "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";

/** The board set up, while no game has begun: of no game, so nothing slides from it. */
export function waitingScene(): Scene | null {
  const position = readSfen(START);
  if (!position) return null;
  return { gameId: "", ply: -1, position, lastMove: null, check: null, heat: null, arrows: [] };
}

/** Whether a scene is the other plus one move, so that the move can be shown sliding. */
export function isNextMove(before: Scene | null, after: Scene): boolean {
  return before?.gameId === after.gameId && after.ply === before.ply + 1 && !!after.lastMove;
}
