import { type ReactNode, useLayoutEffect, useState } from "react";
import { useShallow } from "zustand/react/shallow";
import type { ArchivedGame } from "../protocol/messages.ts";
import { finishedState } from "../store/finishedGame.ts";
import { StreamContext, useStream } from "../store/hooks.ts";
import { createStreamStore } from "../store/streamStore.ts";

interface FinishedGameProps {
  game: ArchivedGame;
  ply: number;
  children: ReactNode;
}

/** Shows a finished game to all that is within, as if it were the one that is on. */
export function FinishedGame({ game, ply, children }: FinishedGameProps) {
  const viewer = useStream(useShallow(({ level, language }) => ({ level, language })));
  const [store] = useState(() => {
    const finished = createStreamStore({ ...viewer, map: "off" });
    finished.setState(finishedState(game, ply, viewer));
    return finished;
  });
  useLayoutEffect(
    () => store.setState(finishedState(game, ply, viewer)),
    [store, game, ply, viewer],
  );
  return <StreamContext value={store}>{children}</StreamContext>;
}
