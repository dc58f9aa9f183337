import { useEffect } from "react";
import { BoardSection } from "../board/BoardSection.tsx";
import { BottomBar } from "../panels/BottomBar.tsx";
import { GameSteps } from "../panels/GameSteps.tsx";
import { MilestoneToast } from "../panels/MilestoneToast.tsx";
import { Notice } from "../panels/Notice.tsx";
import { TopBar } from "../panels/TopBar.tsx";
import { plyOf } from "../store/archiveStore.ts";
import { useArchive, useStream } from "../store/hooks.ts";
import { ArchivePanels } from "./ArchivePanels.tsx";
import { FinishedGame } from "./FinishedGame.tsx";
import { Insights } from "./Insights.tsx";
import { type Layout, useLayout } from "./useLayout.ts";

interface StageProps {
  layout: Layout;
  board: React.ReactNode;
  panels: React.ReactNode;
}

/** Where board, panels and the sentence of the moment stand. */
function Stage({ layout, board, panels }: StageProps) {
  return (
    <>
      <main className="main">
        {board}
        {layout === "feed" ? <BottomBar /> : null}
        {panels}
      </main>
      {layout === "feed" ? null : <BottomBar />}
    </>
  );
}

/** The show, or a finished game of the archive in its place. */
function Shown({ layout }: { layout: Layout }) {
  const view = useArchive((state) => state.view);
  const place = useArchive((state) => state.place);
  const game = place && view.kind === "open" ? view.game : null;
  const ply = game ? plyOf(place, game) : 0;
  return (
    <FinishedGame game={game} ply={ply}>
      <Stage
        layout={layout}
        board={
          <BoardSection control={game ? <GameSteps game={game} ply={ply} /> : undefined}>
            {game ? null : <Notice />}
          </BoardSection>
        }
        panels={place ? <ArchivePanels /> : <Insights layout={layout} />}
      />
    </FinishedGame>
  );
}

export function App() {
  const layout = useLayout();
  const language = useStream((state) => state.language);
  const level = useStream((state) => state.level);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  return (
    <div className="page" data-layout={layout} data-level={level} data-language={language}>
      <TopBar />
      <Shown layout={layout} />
      <MilestoneToast />
    </div>
  );
}
