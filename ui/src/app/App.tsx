import { useContext, useEffect } from "react";
import { BoardSection } from "../board/BoardSection.tsx";
import { BottomBar } from "../panels/BottomBar.tsx";
import { GameSteps } from "../panels/GameSteps.tsx";
import { Glossary } from "../panels/Glossary.tsx";
import { LookBackBar } from "../panels/LookBackBar.tsx";
import { MilestoneToast } from "../panels/MilestoneToast.tsx";
import { Notice } from "../panels/Notice.tsx";
import { TopBar } from "../panels/TopBar.tsx";
import type { ArchivedGame } from "../protocol/messages.ts";
import { plyOf } from "../store/archiveStore.ts";
import { StreamContext, useArchive, useLookBack, useStream } from "../store/hooks.ts";
import type { StreamStore } from "../store/streamStore.ts";
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

/** The show as it is, or as it was: whoever looks back sees `past` in its place. */
function Then({ past, children }: { past: StreamStore; children: React.ReactNode }) {
  const live = useContext(StreamContext);
  const looksBack = useLookBack(({ moment }) => moment !== null);
  return <StreamContext value={looksBack ? past : live}>{children}</StreamContext>;
}

function controlOf(game: ArchivedGame | null, ply: number, looksBack: boolean) {
  if (game) return <GameSteps game={game} ply={ply} />;
  return looksBack ? <LookBackBar /> : undefined;
}

/** The show, or a finished game of the archive in its place. */
function Shown({ layout }: { layout: Layout }) {
  const looksBack = useLookBack(({ moment }) => moment !== null);
  const view = useArchive((state) => state.view);
  const place = useArchive((state) => state.place);
  const game = place && view.kind === "open" ? view.game : null;
  const ply = game ? plyOf(place, game) : 0;
  return (
    <FinishedGame game={game} ply={ply}>
      <Stage
        layout={layout}
        board={
          <BoardSection control={controlOf(game, ply, looksBack)}>
            {game ? null : <Notice />}
          </BoardSection>
        }
        panels={place ? <ArchivePanels /> : <Insights layout={layout} />}
      />
    </FinishedGame>
  );
}

export function App({ past }: { past: StreamStore }) {
  const layout = useLayout();
  const language = useStream((state) => state.language);
  const level = useStream((state) => state.level);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  return (
    <div className="page" data-layout={layout} data-level={level} data-language={language}>
      <Glossary>
        <Then past={past}>
          <TopBar />
          <Shown layout={layout} />
        </Then>
      </Glossary>
      <MilestoneToast />
    </div>
  );
}
