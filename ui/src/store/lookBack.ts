import { createStore } from "zustand/vanilla";
import type { Ask, Refusal, Told } from "../connection/ask.ts";
import { askForPast, askForRange } from "../connection/past.ts";
import type { PastRange, ServerMessage } from "../protocol/messages.ts";
import type { Settings } from "./settings.ts";
import { createStreamStore, type StreamStore } from "./streamStore.ts";

export const SPEEDS = [0.5, 1, 2, 4, 8] as const;
export type Speed = (typeof SPEEDS)[number];

export interface LookBackState {
  /** The moment that is shown, in seconds since the epoch; null: the show itself. */
  moment: number | null;
  range: PastRange | null;
  isPlaying: boolean;
  speed: Speed;
  isLooking: boolean;
  failed: Refusal | null;
}

export interface LookBackActions {
  /** Opens the past, at a moment or a minute ago. */
  open(moment?: number): void;
  play(): void;
  pause(): void;
  seek(moment: number): void;
  setSpeed(speed: Speed): void;
  /** Back to the show. */
  goLive(): void;
  /** So much time went by. */
  tick(seconds: number): void;
}

export type LookBackStore = ReturnType<typeof createLookBack>["store"];

type Viewer = Pick<Settings, "level" | "language">;

/** What was on air at a moment and what came then, or only what came after all that is known. */
type Place = number | "a while ago" | "on";
interface Chunk {
  range: PastRange;
  from: number;
  to: number;
  messages: ServerMessage[];
}

const A_WHILE_S = 60;
/** So much is asked for at once, again when less than that is left, and not more often than that. */
const CHUNK_S = 20;
const AHEAD_S = 10;
const AGAIN_S = 2;
/** Who plays on and is as close to the show is back in it. */
const CAUGHT_UP_S = 2;

const LIVE: LookBackState = {
  moment: null,
  range: null,
  isPlaying: false,
  speed: 1,
  isLooking: false,
  failed: null,
};

const within = (moment: number, { from, to }: PastRange) => Math.min(Math.max(moment, from), to);

/**
 * What is asked for ends where the range did, so that nothing that is yet to come is missed.
 * `known`: up to where all is known.
 */
async function askFor(ask: Ask, place: Place, known: number, viewer: Viewer): Promise<Told<Chunk>> {
  const told = await askForRange(ask);
  if (!told.ok) return told;
  const range = told.answer;
  const goesOn = place === "on";
  // Another show has begun.
  if (goesOn && known > range.to) return { ok: false, why: "missing" };
  const from = goesOn
    ? known
    : within(place === "a while ago" ? range.to - A_WHILE_S : place, range);
  const to = Math.min(from + CHUNK_S, range.to);
  if (goesOn && to === from) return { ok: true, answer: { range, from, to, messages: [] } };
  const { level, language } = viewer;
  const frames = await askForPast(ask, { from, to, level, language, present: !goesOn });
  return frames.ok ? { ok: true, answer: { range, from, to, messages: frames.answer } } : frames;
}

/**
 * The past, played to a page of its own by its own clock: the show goes on meanwhile for everybody
 * else. What comes after another wish is left out.
 */
export function createLookBack(ask: Ask, live: StreamStore, now: () => number) {
  const settings = (): Settings => {
    const { level, language, map } = live.getState();
    return { level, language, map };
  };
  const shown: StreamStore = createStreamStore(settings());
  /** The viewer's choices are those of the show, wherever they are made. */
  const blank = { ...shown.getState(), change: live.getState().change };
  /** Messages that are to come, in the order in which they came, up to `known`. */
  let coming: ServerMessage[] = [];
  let known = 0;
  /** The newest, and the one that is being answered. */
  let wish: { place: Place } | null = null;
  let isReaching = false;
  let isAskingOn = false;
  let askedAt = 0;

  const store = createStore<LookBackState & LookBackActions>((set, get) => {
    function show(moment: number, range: PastRange) {
      const later = coming.findIndex(({ timestamp }) => timestamp > moment);
      const due = coming.splice(0, later < 0 ? coming.length : later);
      for (const message of due) shown.getState().receive(message, now());
      const { isPlaying, speed } = get();
      // The clock of then, as a replay tells it.
      const clock = {
        state: "playing" as const,
        recorded_at: range.from,
        shown_at: moment,
        position_s: moment - range.from,
        length_s: Math.max(range.to, moment) - range.from,
        speed: isPlaying ? speed : 0,
      };
      shown.getState().receive({ type: "replay", timestamp: moment, seq: 0, data: clock }, now());
    }

    /** Whether it is still wished for. */
    async function fetch(place: Place): Promise<boolean> {
      const mine = wish;
      askedAt = now();
      const told = await askFor(ask, place, known, settings());
      if (mine !== wish) return false;
      if (!told.ok) {
        set({ isLooking: false, failed: told.why, isPlaying: false });
        return true;
      }
      const { range, from, to, messages } = told.answer;
      known = to;
      if (place === "on") {
        coming.push(...messages);
        set({ range });
        return true;
      }
      coming = messages;
      shown.setState({ ...blank, ...settings(), connectionStatus: "connected" }, true);
      set({ range, moment: from, isLooking: false });
      show(from, range);
      return true;
    }

    /** One question at a time, however fast a slider is drawn. */
    async function reach() {
      isReaching = true;
      while (wish && !(await fetch(wish.place))) {}
      isReaching = false;
    }

    async function fetchOn() {
      isAskingOn = true;
      await fetch("on");
      isAskingOn = false;
    }

    function look(place: Place, moment: number) {
      wish = { place };
      set({ moment, isLooking: true, failed: null });
      if (!isReaching) void reach();
    }

    return {
      ...LIVE,
      open: (moment) => {
        set({ isPlaying: true });
        look(moment ?? "a while ago", moment ?? now() - A_WHILE_S);
      },
      play: () => set({ isPlaying: true }),
      pause: () => set({ isPlaying: false }),
      seek: (moment) => {
        const { range } = get();
        if (range) look(moment, within(moment, range));
      },
      setSpeed: (speed) => set({ speed }),
      goLive: () => {
        wish = null;
        coming = [];
        set(LIVE);
      },
      tick: (seconds) => {
        const { moment, range, isPlaying, isLooking, failed, speed } = get();
        if (moment === null || !range || isLooking || failed) return;
        // It waits for what it does not know yet.
        const next = isPlaying ? Math.min(moment + seconds * speed, known) : moment;
        show(next, range);
        if (!isPlaying) return;
        if (next === known && range.to - next < CAUGHT_UP_S) {
          get().goLive();
          return;
        }
        set({ moment: next });
        const mayAsk = !isAskingOn && (known < range.to || now() - askedAt >= AGAIN_S);
        if (mayAsk && known - next < AHEAD_S) void fetchOn();
      },
    };
  });
  live.subscribe((after, before) => {
    const { level, language, map } = after;
    if (level === before.level && language === before.language && map === before.map) return;
    shown.setState({ level, language, map });
    const { moment, seek } = store.getState();
    const isSaidOtherwise = level !== before.level || language !== before.language;
    if (moment !== null && isSaidOtherwise) seek(moment);
  });
  return { store, shown };
}
