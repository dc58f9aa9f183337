import { gameFace } from "../store/faces.ts";
import { useFace, useStream, useText } from "../store/hooks.ts";
import { AttentionHeatmapOverlay } from "./AttentionHeatmapOverlay.tsx";
import { EvaluationBar, EvaluationCaption } from "./EvaluationBar.tsx";
import { HandStand } from "./HandStand.tsx";
import { MoveList } from "./MoveList.tsx";
import { ShogiBoard } from "./ShogiBoard.tsx";
import { useBoardScene } from "./useBoardScene.ts";

/** Evaluation bar, hands, board and map: everything about the featured game's position. */
export function BoardSection({ children }: { children?: React.ReactNode }) {
  const text = useText();
  const scene = useBoardScene();
  const face = useFace(gameFace).kind;
  const toMove = useStream((state) =>
    state.gameState?.data.result ? null : (state.gameState?.data.side_to_move ?? null),
  );
  const checked = useStream((state) =>
    state.gameState?.data.in_check ? state.gameState.data.side_to_move : null,
  );
  const hands = scene?.position.hands ?? { black: {}, white: {} };
  return (
    <section className="board-section" aria-label={text.board.title} data-face={face}>
      <EvaluationBar />
      <div className="side side-white">
        <HandStand
          side="white"
          hand={hands.white}
          isToMove={toMove === "white"}
          isInCheck={checked === "white"}
        />
        <MoveList length={9} />
      </div>
      <div className="board-frame">
        {children}
        <ShogiBoard scene={scene} />
      </div>
      <div className="side side-black">
        <HandStand
          side="black"
          hand={hands.black}
          isToMove={toMove === "black"}
          isInCheck={checked === "black"}
        />
      </div>
      <EvaluationCaption />
      <AttentionHeatmapOverlay />
    </section>
  );
}
