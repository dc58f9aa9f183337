import { useState } from "react";
import { GamePanel } from "../panels/GamePanel.tsx";
import { HistoryPanel } from "../panels/HistoryPanel.tsx";
import { LearningProgressPanel } from "../panels/LearningProgressPanel.tsx";
import { MovePredictionPanel } from "../panels/MovePredictionPanel.tsx";
import { PPOMetricsPanel } from "../panels/PPOMetricsPanel.tsx";
import { useStream, useText } from "../store/hooks.ts";
import { type Layout, useIsWide } from "./useLayout.ts";

const LOWER = {
  predictions: MovePredictionPanel,
  progress: LearningProgressPanel,
  history: HistoryPanel,
  game: GamePanel,
} as const;
const NAMES = ["predictions", "progress", "history", "game"] as const;

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

const SPANS = ["now", "run"] as const;
type Span = (typeof SPANS)[number];

interface SpanChoiceProps {
  span: Span;
  choose: (span: Span) => void;
}

function SpanChoice({ span, choose }: SpanChoiceProps) {
  const text = useText();
  return (
    <fieldset className="segments span-choice">
      <legend className="visually-hidden">{text.history.span}</legend>
      {SPANS.map((one) => (
        <button
          key={one}
          type="button"
          className="segment"
          aria-pressed={span === one}
          data-span={one}
          onClick={() => choose(one)}
        >
          {text.history[one]}
        </button>
      ))}
    </fieldset>
  );
}

/** In a broadcast progress and game give their room to the run as a whole, when asked. */
function BroadcastPanels() {
  const [span, choose] = useState<Span>("now");
  const isWide = useIsWide();
  const level = useStream((state) => state.level);
  const choice = <SpanChoice span={span} choose={choose} />;
  // The advanced health panel takes the room of the game's curve.
  const hasRoom = isWide || level !== "advanced";
  return (
    <>
      <MovePredictionPanel />
      {span === "run" ? (
        <HistoryPanel aside={choice} />
      ) : (
        <>
          <LearningProgressPanel aside={choice} />
          {hasRoom ? <GamePanel /> : null}
        </>
      )}
    </>
  );
}

export function Insights({ layout }: { layout: Layout }) {
  return (
    <div className="insights">
      <PPOMetricsPanel />
      {layout === "compact" ? <TabbedPanels /> : null}
      {layout === "broadcast" ? <BroadcastPanels /> : null}
      {layout === "feed" ? (
        <>
          <HistoryPanel />
          <MovePredictionPanel />
          <LearningProgressPanel />
          <GamePanel />
        </>
      ) : null}
    </div>
  );
}
