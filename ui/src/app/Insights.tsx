import { useState } from "react";
import { GamePanel } from "../panels/GamePanel.tsx";
import { LearningProgressPanel } from "../panels/LearningProgressPanel.tsx";
import { MovePredictionPanel } from "../panels/MovePredictionPanel.tsx";
import { PPOMetricsPanel } from "../panels/PPOMetricsPanel.tsx";
import { useStream, useText } from "../store/hooks.ts";
import { type Layout, useIsWide } from "./useLayout.ts";

const LOWER = {
  predictions: MovePredictionPanel,
  progress: LearningProgressPanel,
  game: GamePanel,
} as const;
const NAMES = ["predictions", "progress", "game"] as const;

/** Where there is no room for all panels, the lower ones share a place. */
function TabbedPanels() {
  const text = useText();
  const [chosen, choose] = useState<(typeof NAMES)[number]>("predictions");
  const Chosen = LOWER[chosen];
  return (
    <div className="tabbed">
      <fieldset className="segments">
        <legend className="visually-hidden">{text.tabs.label}</legend>
        {NAMES.map((name) => (
          <button
            key={name}
            type="button"
            className="segment"
            aria-pressed={chosen === name}
            data-tab={name}
            onClick={() => choose(name)}
          >
            {text.tabs[name]}
          </button>
        ))}
      </fieldset>
      <Chosen />
    </div>
  );
}

export function Insights({ layout }: { layout: Layout }) {
  const isWide = useIsWide();
  const level = useStream((state) => state.level);
  // The advanced health panel takes the room of the game's curve.
  const hasRoom = layout === "feed" || isWide || level !== "advanced";
  return (
    <div className="insights">
      <PPOMetricsPanel />
      {layout === "compact" ? (
        <TabbedPanels />
      ) : (
        <>
          <MovePredictionPanel />
          <LearningProgressPanel />
          {hasRoom ? <GamePanel /> : null}
        </>
      )}
    </div>
  );
}
