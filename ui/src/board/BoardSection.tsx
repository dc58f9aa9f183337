import { gameFace } from "../store/faces.ts";
import { useFace, useLatest, useText } from "../store/hooks.ts";
import { AttentionHeatmapOverlay } from "./AttentionHeatmapOverlay.tsx";
import { EvaluationBar, EvaluationCaption } from "./EvaluationBar.tsx";
import { ForecastStrip } from "./ForecastStrip.tsx";
import { HandStand } from "./HandStand.tsx";
import { MoveList } from "./MoveList.tsx";
import { ShogiBoard } from "./ShogiBoard.tsx";
import { useBoardScene } from "./useBoardScene.ts";

interface BoardSectionProps {
  children?: React.ReactNode;
  /** What is chosen below the board. */
  control?: React.ReactNode;
}

/** Evaluation bar, hands, board and map: everything about the featured game's position. */
export function BoardSection({
  children,
  control = <AttentionHeatmapOverlay />,
}: BoardSectionProps) {
  const text = useText();
  const scene = useBoardScene();
  const face = useFace(gameFace).kind;
  const game = useLatest("game_state")?.data;
  const toMove = game && !game.result ? game.side_to_move : null;
  const checked = game?.in_check ? game.side_to_move : null;
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
        <ForecastStrip />
        <HandStand
          side="black"
          hand={hands.black}
          isToMove={toMove === "black"}
          isInCheck={checked === "black"}
        />
      </div>
      <EvaluationCaption />
      {control}
    </section>
  );
}
