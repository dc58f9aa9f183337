import { createStore } from "zustand/vanilla";
import { askForGame, askForGames, type GameName } from "../connection/archive.ts";
import type { Ask, Refusal } from "../connection/ask.ts";
import type { ArchivedGame, GameSummary } from "../protocol/messages.ts";
import type { Place } from "./archiveAddress.ts";

/** What is looked for; an empty text is no wish. */
export interface Wishes {
  winner: string;
  opening: string;
  castle: string;
  order: string;
}

export type GameView =
  | { kind: "none" }
  | { kind: "looking" }
  | { kind: "failed"; why: Refusal }
  | { kind: "open"; game: ArchivedGame };

export interface ListView {
  games: readonly GameSummary[];
  next: string | null;
  looking: boolean;
  failed: Refusal | null;
}

export interface ArchiveState {
  place: Place | null;
  view: GameView;
  wishes: Wishes;
  /** The run whose games are listed; null: every run. Who opens one of them stays in the list. */
  scope: string | null;
  list: ListView;
}

export interface ArchiveActions {
  /** Another place, or null: back to the show. What it needs is asked for. */
  go(place: Place | null): void;
  /** Another position of the open game; beyond its ends, its ends. */
  goTo(ply: number): void;
  wish(wishes: Partial<Wishes>): void;
  /** Lists the games of every run, whatever game is open. */
  widen(): void;
  /** More of the list. */
  more(): void;
}

export type ArchiveStore = ReturnType<typeof createArchiveStore>;

const NOTHING: ListView = { games: [], next: null, looking: false, failed: null };
const NO_WISHES: Wishes = { winner: "", opening: "", castle: "", order: "newest" };
const PAGE = "50";

/** Moves played at the place, in a game that is open. */
export function plyOf(place: Place | null, game: ArchivedGame): number {
  return Math.max(0, Math.min(place?.ply ?? 0, game.moves.length));
}

/** What is read of the archive. An answer that comes after another question is left out. */
export function createArchiveStore(ask: Ask) {
  return createStore<ArchiveState & ArchiveActions>((set, get) => {
    let listNumber = 0;
    let gameNumber = 0;
    let awaitsGame = false;

    async function list(after: string | null) {
      listNumber += 1;
      const number = listNumber;
      const { wishes, scope, list: before } = get();
      set({ list: { ...(after === null ? NOTHING : before), looking: true, failed: null } });
      const told = await askForGames(ask, {
        run: scope ?? "",
        ...wishes,
        limit: PAGE,
        after: after ?? "",
      });
      if (number !== listNumber) return;
      const { games } = get().list;
      set({
        list: told.ok
          ? {
              games: [...games, ...told.answer.games],
              next: told.answer.next,
              looking: false,
              failed: null,
            }
          : { games, next: after, looking: false, failed: told.why },
      });
    }

    /** A game that is open stays until the other one is there. */
    async function open(place: Place, name: GameName) {
      gameNumber += 1;
      const number = gameNumber;
      if (get().view.kind !== "open") set({ place, view: { kind: "looking" } });
      awaitsGame = true;
      const told = await askForGame(ask, name);
      if (number !== gameNumber) return;
      awaitsGame = false;
      if (!told.ok) {
        set({ place, view: { kind: "failed", why: told.why } });
        return;
      }
      // Whoever asked for a time asks for this game from now on.
      const endedBy = name.endedBy === null ? null : told.answer.game.ended_at;
      set({ place: { ...place, endedBy }, view: { kind: "open", game: told.answer } });
    }

    function isOpen({ run, game, endedBy }: GameName): boolean {
      const { view, place } = get();
      if (view.kind !== "open" || place?.endedBy !== endedBy) return false;
      return view.game.game.run_id === run && view.game.game.game_id === game;
    }

    function show(place: Place | null) {
      if (place !== null && place.run !== null && place.game !== null) {
        const name = { run: place.run, game: place.game, endedBy: place.endedBy };
        if (!isOpen(name)) return void open(place, name);
        set({ place });
      } else {
        set({ place, view: { kind: "none" } });
      }
      gameNumber += 1; // whatever else was asked for comes too late
      awaitsGame = false;
    }

    return {
      place: null,
      view: { kind: "none" },
      wishes: NO_WISHES,
      scope: null,
      list: NOTHING,
      go: (place) => {
        const before = get().place;
        show(place);
        if (place === null) return;
        const { scope } = get();
        const wished = before === null || place.game === null ? place.run : scope;
        if (before !== null && wished === scope) return;
        set({ scope: wished });
        void list(null);
      },
      goTo: (ply) => {
        const { place, view } = get();
        if (!place || view.kind !== "open" || awaitsGame) return; // it is about to go
        set({ place: { ...place, ply: plyOf({ ...place, ply }, view.game) } });
      },
      wish: (wishes) => {
        set({ wishes: { ...get().wishes, ...wishes } });
        void list(null);
      },
      widen: () => {
        set({ scope: null });
        void list(null);
      },
      more: () => {
        const { next, looking, failed, games } = get().list;
        if (looking || (next === null && failed === null)) return;
        void list(games.length === 0 ? null : next);
      },
    };
  });
}
