import { createStore } from "zustand/vanilla";
import type { ConnectionState } from "../connection/connection.ts";
import type {
  GameState,
  MovePredictions,
  PlayedMove,
  PpoMetrics,
  SeAttention,
  ServerMessage,
  Side,
  SystemStatus,
} from "../protocol/messages.ts";
import type { Settings } from "./settings.ts";

/** A message with the second (server's clock) it was made in. */
export interface Dated<T> {
  data: T;
  timestamp: number;
}

export interface EndedGame {
  gameId: string;
  gameNumber: number;
  plies: number;
  winner: Side | null;
  text: string;
}

export interface MoveInGame extends PlayedMove {
  ply: number;
}

export interface StreamState extends Settings {
  connectionStatus: ConnectionState;
  /** Server's clock minus this machine's, seconds. */
  clockOffset: number;
  badMessages: number;
  lastProblem: string;
  ppoMetrics: Dated<PpoMetrics> | null;
  gameState: Dated<GameState> | null;
  movePredictions: Dated<MovePredictions> | null;
  seAttention: Dated<SeAttention> | null;
  systemStatus: Dated<SystemStatus> | null;
  /** Moves of the featured game that were seen here, oldest first. */
  moves: MoveInGame[];
  /** Featured games that ended while this page was open, newest first. */
  endedGames: EndedGame[];
}

export interface StreamActions {
  receive(message: ServerMessage, localSeconds: number): void;
  refuse(problem: string): void;
  setConnectionStatus(status: ConnectionState): void;
  change(settings: Partial<Settings>): void;
}

export type StreamStore = ReturnType<typeof createStreamStore>;

const MOVES_KEPT = 400;
const ENDED_KEPT = 5;

/** The moves of a game, grown by one state of it; another game starts anew. */
function movesWith(state: StreamState, game: GameState): MoveInGame[] {
  const sameGame = state.gameState?.data.game_id === game.game_id;
  const earlier = sameGame ? state.moves.filter((move) => move.ply < game.ply) : [];
  if (!game.last_move) return earlier;
  return [...earlier, { ...game.last_move, ply: game.ply }].slice(-MOVES_KEPT);
}

function endedWith(ended: EndedGame[], game: GameState): EndedGame[] {
  if (!game.result || ended.some((other) => other.gameId === game.game_id)) return ended;
  const entry: EndedGame = {
    gameId: game.game_id,
    gameNumber: game.game_number,
    plies: game.ply,
    winner: game.result.winner ?? null,
    text: game.result.text,
  };
  return [entry, ...ended].slice(0, ENDED_KEPT);
}

function reduce(
  state: StreamState,
  message: ServerMessage,
  localSeconds: number,
): Partial<StreamState> {
  const { timestamp } = message;
  switch (message.type) {
    case "connection_established":
      return { clockOffset: message.data.server_time - localSeconds };
    case "ppo_metrics":
      return { ppoMetrics: { data: message.data, timestamp } };
    case "game_state":
      return {
        gameState: { data: message.data, timestamp },
        moves: movesWith(state, message.data),
        endedGames: endedWith(state.endedGames, message.data),
      };
    case "move_prediction":
      return { movePredictions: { data: message.data, timestamp } };
    case "se_attention":
      return { seAttention: { data: message.data, timestamp } };
    case "system_status":
      return { systemStatus: { data: message.data, timestamp } };
    case "error":
      return { lastProblem: message.data.message };
    default:
      return {};
  }
}

/** Everything the page knows. Knows no React and no socket. */
export function createStreamStore(settings: Settings) {
  return createStore<StreamState & StreamActions>((set) => ({
    ...settings,
    connectionStatus: "connecting",
    clockOffset: 0,
    badMessages: 0,
    lastProblem: "",
    ppoMetrics: null,
    gameState: null,
    movePredictions: null,
    seAttention: null,
    systemStatus: null,
    moves: [],
    endedGames: [],
    receive: (message, localSeconds) => set((state) => reduce(state, message, localSeconds)),
    refuse: (problem) =>
      set((state) => ({ badMessages: state.badMessages + 1, lastProblem: problem })),
    setConnectionStatus: (connectionStatus) => set({ connectionStatus }),
    change: (settingsChange) => set(settingsChange),
  }));
}
