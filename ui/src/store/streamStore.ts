import { createStore } from "zustand/vanilla";
import type { ConnectionState } from "../connection/connection.ts";
import type { Replay, ServerMessage } from "../protocol/messages.ts";
import { type Latest, withMessage } from "./latest.ts";
import type { Settings } from "./settings.ts";
import { clockOffset } from "./slices/clockOffset.ts";
import { type EndedGame, endedGames } from "./slices/endedGames.ts";
import { type KnownMilestones, milestones } from "./slices/milestones.ts";
import { type MoveInGame, moves } from "./slices/moves.ts";
import { replay } from "./slices/replay.ts";
import { type RunHistory, runHistory } from "./slices/runHistory.ts";
import type { Before } from "./slices/slice.ts";

/** What more than one message has made; a line for each slice. */
interface Derived {
  clockOffset: number;
  moves: readonly MoveInGame[];
  endedGames: readonly EndedGame[];
  replay: Replay | null;
  runHistory: RunHistory;
  milestones: KnownMilestones;
}

export interface StreamState extends Settings, Derived {
  connectionStatus: ConnectionState;
  badMessages: number;
  latest: Latest;
}

export interface StreamActions {
  receive(message: ServerMessage, localSeconds: number): void;
  /** Counts a message that could not be read. */
  refuse(): void;
  setConnectionStatus(status: ConnectionState): void;
  change(settings: Partial<Settings>): void;
}

export type StreamStore = ReturnType<typeof createStreamStore>;

const INITIAL: Derived = {
  clockOffset: clockOffset.initial,
  moves: moves.initial,
  endedGames: endedGames.initial,
  replay: replay.initial,
  runHistory: runHistory.initial,
  milestones: milestones.initial,
};

function derive(state: Derived, message: ServerMessage, before: Before): Derived {
  return {
    clockOffset: clockOffset.next(state.clockOffset, message, before),
    moves: moves.next(state.moves, message, before),
    endedGames: endedGames.next(state.endedGames, message, before),
    replay: replay.next(state.replay, message, before),
    runHistory: runHistory.next(state.runHistory, message, before),
    milestones: milestones.next(state.milestones, message, before),
  };
}

/** Everything the page knows. Knows no React and no socket. */
export function createStreamStore(settings: Settings) {
  return createStore<StreamState & StreamActions>((set) => ({
    ...settings,
    ...INITIAL,
    connectionStatus: "connecting",
    badMessages: 0,
    latest: {},
    receive: (message, localSeconds) =>
      set((state) => ({
        latest: withMessage(state.latest, message, state),
        ...derive(state, message, { latest: state.latest, localSeconds }),
      })),
    refuse: () => set((state) => ({ badMessages: state.badMessages + 1 })),
    setConnectionStatus: (connectionStatus) => set({ connectionStatus }),
    change: (settingsChange) => set(settingsChange),
  }));
}
