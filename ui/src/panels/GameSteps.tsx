import { useEffect } from "react";
import type { ArchivedGame } from "../protocol/messages.ts";
import { useArchive, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { BackIcon, FirstIcon, ForwardIcon, LastIcon } from "./icons.tsx";

interface GameStepsProps {
  game: ArchivedGame;
  ply: number;
}

/** What the arrow keys do, where nothing else wants them. */
function useKeys(game: ArchivedGame, ply: number, goTo: (ply: number) => void) {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const isTyping = event.target instanceof Element && event.target.closest("input, select");
      if (isTyping || event.altKey || event.ctrlKey || event.metaKey) return;
      const wished = { ArrowLeft: ply - 1, ArrowRight: ply + 1, Home: 0, End: game.moves.length };
      const next = Object.entries(wished).find(([key]) => key === event.key)?.[1];
      if (next === undefined) return;
      event.preventDefault();
      goTo(next);
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [game, ply, goTo]);
}

/** Leads through a finished game, below its board. */
export function GameSteps({ game, ply }: GameStepsProps) {
  const text = useText();
  const goTo = useArchive((state) => state.goTo);
  useKeys(game, ply, goTo);
  const last = game.moves.length;
  const steps = [
    { name: "first", label: text.archive.first, icon: <FirstIcon />, to: 0 },
    { name: "back", label: text.archive.step_back, icon: <BackIcon />, to: ply - 1 },
    { name: "forward", label: text.archive.step_forward, icon: <ForwardIcon />, to: ply + 1 },
    { name: "last", label: text.archive.last, icon: <LastIcon />, to: last },
  ];
  return (
    <div className="map-control game-steps" data-steps={ply} data-steps-last={last}>
      <div className="segments">
        {steps.map(({ name, label, icon, to }) => (
          <button
            key={name}
            type="button"
            className="segment"
            data-step={name}
            aria-label={label}
            title={label}
            disabled={to === ply || to < 0 || to > last}
            onClick={() => goTo(to)}
          >
            {icon}
          </button>
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={last}
        value={ply}
        aria-label={text.archive.position}
        onChange={(event) => goTo(Number(event.target.value))}
      />
      <span className="figure steps-ply">{fill(text.archive.ply, { n: ply, total: last })}</span>
    </div>
  );
}
