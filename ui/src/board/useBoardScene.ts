import { useMemo } from "react";
import type { Level } from "../protocol/messages.ts";
import { useLatest, useStream } from "../store/hooks.ts";
import { attentionOnBoard, predictionsOnBoard } from "../store/onBoard.ts";
import { makeScene, type Scene, waitingScene } from "./scene.ts";

/** Beginners meet one idea at a time: the map, without arrows over it. */
const ARROWS: Record<Level, number> = { beginner: 0, intermediate: 3, advanced: 5 };

export function useBoardScene(): Scene | null {
  const game = useLatest("game_state")?.data;
  const predictions = useStream(predictionsOnBoard);
  const attention = useStream(attentionOnBoard);
  const map = useStream((state) => state.map);
  const level = useStream((state) => state.level);
  return useMemo(
    () =>
      game
        ? makeScene({
            game,
            predictions: game.result ? null : predictions,
            attention,
            map,
            arrows: ARROWS[level],
            labelled: level === "advanced",
          })
        : waitingScene(),
    [game, predictions, attention, map, level],
  );
}
