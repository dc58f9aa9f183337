import { createContext, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { ArchiveActions, ArchiveState, ArchiveStore } from "./archiveStore.ts";
import type { Face } from "./faces.ts";
import type { Latest, MessageType } from "./latest.ts";
import type { LookBackActions, LookBackState, LookBackStore } from "./lookBack.ts";
import type { StreamActions, StreamState, StreamStore } from "./streamStore.ts";
import { type UiText, uiText } from "./text.ts";

export const StreamContext = createContext<StreamStore | null>(null);

/** The part of the page's state that a component draws; it redraws when that part changes. */
export function useStream<T>(select: (state: StreamState & StreamActions) => T): T {
  const store = useContext(StreamContext);
  if (!store) throw new Error("useStream needs a StreamContext");
  return useStore(store, select);
}

export const ArchiveContext = createContext<ArchiveStore | null>(null);

/** The part of what is read of the archive that a component draws. */
export function useArchive<T>(select: (state: ArchiveState & ArchiveActions) => T): T {
  const store = useContext(ArchiveContext);
  if (!store) throw new Error("useArchive needs an ArchiveContext");
  return useStore(store, select);
}

export const LookBackContext = createContext<LookBackStore | null>(null);

/** The part of a look into the past that a component draws. */
export function useLookBack<T>(select: (state: LookBackState & LookBackActions) => T): T {
  const store = useContext(LookBackContext);
  if (!store) throw new Error("useLookBack needs a LookBackContext");
  return useStore(store, select);
}

/** The newest message of a type, with the level and language it was made for. */
export function useLatest<T extends MessageType>(type: T): Latest[T] {
  return useStream((state) => state.latest[type]);
}

export function useText(): UiText {
  return uiText(useStream((state) => state.language));
}

/** The viewer's own clock in seconds, once a second. */
export function useOwnClock(): number {
  const [local, setLocal] = useState(() => Date.now() / 1000);
  useEffect(() => {
    const timer = setInterval(() => setLocal(Date.now() / 1000), 1000);
    return () => clearInterval(timer);
  }, []);
  return local;
}

/** The server's clock in seconds, once a second. */
export function useNow(): number {
  const offset = useStream((state) => state.clockOffset);
  return useOwnClock() + offset;
}

/** A panel's face, looked at once a second. */
export function useFace(faceOf: (state: StreamState, now: number) => Face): Face {
  const now = useNow();
  return useStream(useShallow((state) => faceOf(state, now)));
}
