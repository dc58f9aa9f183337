import { useState } from "react";
import { GamePanel } from "../panels/GamePanel.tsx";
import { LearningProgressPanel } from "../panels/LearningProgressPanel.tsx";
import { MovePredictionPanel } from "../panels/MovePredictionPanel.tsx";
import { PPOMetricsPanel } from "../panels/PPOMetricsPanel.tsx";
import { useStream, useText } from "../store/hooks.ts";
import type { Layout } from "./useLayout.ts";

const LOWER = ["predictions", "progress"] as const;

/** Where there is no room for three panels, the lower two share a place. */
function TabbedPanels() {
  const text = useText();
  const [chosen, choose] = useState<(typeof LOWER)[number]>("predictions");
  return (
    <div className="tabbed">
      <div className="segments" role="tablist" aria-label={text.tabs.label}>
        {LOWER.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            className="segment"
            aria-selected={chosen === name}
            data-tab={name}
            onClick={() => choose(name)}
          >
            {text.tabs[name]}
          </button>
        ))}
      </div>
      {chosen === "predictions" ? <MovePredictionPanel /> : <LearningProgressPanel />}
    </div>
  );
}

export function Insights({ layout }: { layout: Layout }) {
  const level = useStream((state) => state.level);
  // The advanced health panel takes the room of the game's curve.
  const hasRoom = layout === "feed" || (layout === "broadcast" && level !== "advanced");
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
