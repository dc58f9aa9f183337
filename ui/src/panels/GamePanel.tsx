import { gameFace } from "../store/faces.ts";
import { useFace, useLatest, useText } from "../store/hooks.ts";
import { evaluationArea } from "./evaluationArea.ts";
import { Panel } from "./Panel.tsx";

const WIDTH = 700;
const HEIGHT = 100;

/** The game as the network saw it: its forecast for Black after every move, ink from below, ivory above. */
export function GamePanel() {
  const text = useText();
  const face = useFace(gameFace);
  const game = useLatest("game_state")?.data;
  const history = game?.evaluation_history ?? [];
  const latest = game?.black_win_probability ?? null;
  const isOver = game?.estimate?.source === "result";
  const now = latest === null ? text.evaluation.unknown : Math.round(latest * 100);
  const { known, ink, line } = evaluationArea(history, WIDTH, HEIGHT);
  return (
    <Panel
      name="game"
      title={text.evaluation.panel}
      face={face}
      waiting={text.evaluation.panel_waiting}
      aside={text.evaluation.history}
    >
      <div className="evaluation-chart" data-testid="evaluation-history">
        <span className="evaluation-side">{text.board.white}</span>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={isOver ? text.evaluation.history : `${text.evaluation.history}: ${now}`}
        >
          <path className="evaluation-ivory" d={known} />
          <path className="evaluation-ink" d={ink} />
          <path className="evaluation-even" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />
          <path className="evaluation-line" d={line} />
        </svg>
        <span className="evaluation-side">{text.board.black}</span>
      </div>
    </Panel>
  );
}
