import { ArchivedGamePanel } from "../panels/ArchivedGamePanel.tsx";
import { ArchiveListPanel } from "../panels/ArchiveListPanel.tsx";
import { GamePanel } from "../panels/GamePanel.tsx";
import { plyOf } from "../store/archiveStore.ts";
import { useArchive, useText } from "../store/hooks.ts";

/** Beside the board while the archive is open: the open game, and all that there are. */
export function ArchivePanels() {
  const text = useText();
  const view = useArchive((state) => state.view);
  const place = useArchive((state) => state.place);
  const go = useArchive((state) => state.go);
  return (
    <div className="insights archive-panels">
      {view.kind === "open" ? (
        <>
          <ArchivedGamePanel game={view.game} ply={plyOf(place, view.game)} />
          <GamePanel />
        </>
      ) : null}
      {view.kind === "looking" ? <p className="panel-waiting">{text.archive.looking}</p> : null}
      {view.kind === "failed" ? (
        <p className="panel-waiting" role="alert" data-game-failed={view.why}>
          {text.archive.failed[view.why]}{" "}
          <button type="button" className="archive-door" data-again onClick={() => go(place)}>
            {text.archive.again}
          </button>
        </p>
      ) : null}
      <ArchiveListPanel />
    </div>
  );
}
