import { type ReactNode, useContext, useLayoutEffect, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import type { ArchivedGame } from "../protocol/messages.ts";
import { finishedState } from "../store/finishedGame.ts";
import { StreamContext, useStream } from "../store/hooks.ts";
import { createStreamStore } from "../store/streamStore.ts";

interface FinishedGameProps {
  /** Null: the show itself. */
  game: ArchivedGame | null;
  ply: number;
  children: ReactNode;
}

/** Shows a finished game to all that is within, as if it were the one that is on. */
export function FinishedGame({ game, ply, children }: FinishedGameProps) {
  const live = useContext(StreamContext);
  const viewer = useStream(useShallow(({ level, language }) => ({ level, language })));
  const [finished] = useState(() => createStreamStore({ ...viewer, map: "off" }));
  const [isLoaded, setLoaded] = useState(false);
  useLayoutEffect(() => {
    if (game) finished.setState(finishedState(game, ply, viewer));
    setLoaded(game !== null);
  }, [finished, game, ply, viewer]);
  return <StreamContext value={isLoaded && game ? finished : live}>{children}</StreamContext>;
}
