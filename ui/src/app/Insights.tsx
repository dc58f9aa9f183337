import { useState } from "react";
import { GamePanel } from "../panels/GamePanel.tsx";
import { HistoryPanel } from "../panels/HistoryPanel.tsx";
import { ImprovementPanel } from "../panels/ImprovementPanel.tsx";
import { LearningProgressPanel } from "../panels/LearningProgressPanel.tsx";
import { MilestonesPanel } from "../panels/MilestonesPanel.tsx";
import { MovePredictionPanel } from "../panels/MovePredictionPanel.tsx";
import { PPOMetricsPanel } from "../panels/PPOMetricsPanel.tsx";
import { Segments } from "../panels/Segments.tsx";
import { useStream, useText } from "../store/hooks.ts";
import { type Layout, useIsWide } from "./useLayout.ts";

const LOWER = {
  predictions: MovePredictionPanel,
  progress: LearningProgressPanel,
  history: HistoryPanel,
  game: GamePanel,
  milestones: MilestonesPanel,
} as const;
const NAMES = ["predictions", "progress", "history", "game", "milestones"] as const;

/** Where there is no room for all panels, the lower ones share a place. */
function TabbedPanels() {
  const text = useText();
  const [chosen, choose] = useState<(typeof NAMES)[number]>("predictions");
  const Chosen = LOWER[chosen];
  return (
    <div className="tabbed">
      <Segments
        label={text.tabs.label}
        choices={NAMES}
        chosen={chosen}
        choose={choose}
        nameOf={(name) => text.tabs[name]}
        mark="data-tab"
      />
      <Chosen />
    </div>
  );
}

const TOP = ["improvement", "health"] as const;

/** Where there is no room for both, they share the first place; the other one is there unseen. */
function TopPlace() {
  const text = useText();
  const [chosen, choose] = useState<(typeof TOP)[number]>("improvement");
  const choice = (
    <Segments
      label={text.improvement.top}
      choices={TOP}
      chosen={chosen}
      choose={choose}
      nameOf={(name) => text[name].title}
      mark="data-top"
    />
  );
  return (
    <div className="top-place">
      <div hidden={chosen !== "improvement"}>
        <ImprovementPanel heading={choice} />
      </div>
      <div hidden={chosen !== "health"}>
        <PPOMetricsPanel heading={choice} />
      </div>
    </div>
  );
}

/** The game's curve and the milestones, side by side. */
function LastRow() {
  return (
    <div className="last-row">
      <GamePanel />
      <MilestonesPanel />
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
    <Segments
      label={text.history.span}
      choices={SPANS}
      chosen={span}
      choose={choose}
      nameOf={(one) => text.history[one]}
      mark="data-span"
      className="span-choice"
    />
  );
}

/** In a broadcast progress and game give their room to the run as a whole, when asked. */
function BroadcastPanels() {
  const [span, choose] = useState<Span>("now");
  const isWide = useIsWide();
  const level = useStream((state) => state.level);
  const choice = <SpanChoice span={span} choose={choose} />;
  // With its figures the first panel takes the room of the last row.
  const hasRoom = isWide || level === "beginner";
  return (
    <>
      <MovePredictionPanel />
      {span === "run" ? (
        <HistoryPanel aside={choice} />
      ) : (
        <>
          <LearningProgressPanel aside={choice} />
          {hasRoom ? <LastRow /> : null}
        </>
      )}
    </>
  );
}

export function Insights({ layout }: { layout: Layout }) {
  return (
    <div className="insights">
      {layout === "feed" ? null : <TopPlace />}
      {layout === "compact" ? <TabbedPanels /> : null}
      {layout === "broadcast" ? <BroadcastPanels /> : null}
      {layout === "feed" ? (
        <>
          <ImprovementPanel />
          <PPOMetricsPanel />
          <HistoryPanel />
          <MovePredictionPanel />
          <MilestonesPanel />
          <LearningProgressPanel />
          <GamePanel />
        </>
      ) : null}
    </div>
  );
}
