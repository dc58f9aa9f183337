import type { Language, Level, MovePrediction, MovePredictions } from "../protocol/messages.ts";
import { predictionsFace } from "../store/faces.ts";
import { count, percent } from "../store/format.ts";
import { useFace, useLatest, useStream, useText } from "../store/hooks.ts";
import { predictionsOnBoard } from "../store/onBoard.ts";
import { fill, type UiText } from "../store/text.ts";
import { Panel } from "./Panel.tsx";

type ChanceWord = keyof UiText["predictions"]["words"];

/** A probability for those who do not want figures. */
export function chanceWord(probability: number): ChanceWord {
  if (probability >= 0.75) return "sure";
  if (probability >= 0.35) return "likely";
  if (probability >= 0.15) return "maybe";
  return probability >= 0.04 ? "sometimes" : "rarely";
}

interface PredictionRowProps {
  prediction: MovePrediction;
  level: Level;
  language: Language;
}

function PredictionRow({ prediction, level, language }: PredictionRowProps) {
  const text = useText();
  const { move, probability, reason } = prediction;
  const names = language === "ja" ? [move.japanese, move.western] : [move.western, move.japanese];
  return (
    <li
      className="prediction"
      data-usi={move.usi}
      data-probability={probability}
      data-drop={move.drop || undefined}
    >
      <span className="prediction-move">{names[0]}</span>
      <span className="prediction-other">{names[1]}</span>
      <span className="prediction-bar" aria-hidden="true">
        <span style={{ transform: `scaleX(${Math.min(1, probability)})` }} />
      </span>
      <span className="prediction-chance figure">
        {level === "beginner"
          ? text.predictions.words[chanceWord(probability)]
          : percent(probability)}
      </span>
      <span className="prediction-reason">{reason}</span>
    </li>
  );
}

/** What lies behind the five: how many moves there were, and how undecided the network is. */
function Distribution({ predictions }: { predictions: MovePredictions }) {
  const text = useText();
  const shown = predictions.predictions.reduce((sum, { probability }) => sum + probability, 0);
  const { entropy, legal_moves } = predictions;
  const others = `${text.predictions.others} ${percent(Math.max(0, 1 - shown))}`;
  if (entropy === null) return <p className="panel-note">{others}</p>;
  const spread = fill(text.predictions.entropy, {
    value: entropy.toFixed(2),
    max: Math.log(Math.max(1, legal_moves)).toFixed(2),
  });
  return <p className="panel-note">{`${others} · ${spread}`}</p>;
}

/** The policy's favourites at the position on the board. */
export function MovePredictionPanel() {
  const text = useText();
  const face = useFace(predictionsFace);
  const latest = useLatest("move_prediction");
  const chosen = useStream((state) => state.level);
  // Until the answer to another choice comes, what is shown stays as it was made.
  const level = latest?.level ?? chosen;
  const language = useStream((state) => state.language);
  const current = useStream(predictionsOnBoard);
  const ended = useStream((state) => !!state.latest.game_state?.data.result);
  const told = current ?? latest?.data;
  // Without a game, as between two runs, there is no position to think about.
  const predictions = told?.game_id ? told : null;
  const rows = predictions?.predictions.slice(0, level === "beginner" ? 3 : 5) ?? [];
  const favourite = rows[0]?.move;
  const isDecided = (rows[0]?.probability ?? 0) >= 0.35;
  return (
    <Panel
      name="predictions"
      title={text.predictions.title}
      face={face}
      waiting={text.predictions.waiting}
      aside={
        predictions && !ended
          ? fill(level === "beginner" ? text.predictions.turn : text.predictions.for_side, {
              side: text.board[predictions.side_to_move],
              n: count(predictions.legal_moves),
            })
          : null
      }
    >
      {ended ? <p className="panel-waiting">{text.predictions.ended}</p> : null}
      {predictions || ended ? null : <p className="panel-waiting">{text.predictions.waiting}</p>}
      {predictions && !ended ? (
        <div
          data-testid="predictions"
          data-game-id={predictions.game_id}
          data-ply={predictions.ply}
          data-update={predictions.update}
          data-current={current !== null}
        >
          {level === "beginner" && favourite ? (
            <p className="lead">
              {fill(isDecided ? text.predictions.favourite : text.predictions.undecided, {
                move: language === "ja" ? favourite.japanese : favourite.western,
              })}
            </p>
          ) : null}
          {rows.length === 0 ? <p className="panel-waiting">{text.predictions.untold}</p> : null}
          <ol className="predictions" data-level={level}>
            {rows.map((prediction) => (
              <PredictionRow
                key={prediction.move.usi}
                prediction={prediction}
                level={level}
                language={language}
              />
            ))}
          </ol>
          {level === "advanced" && rows.length > 0 ? (
            <Distribution predictions={predictions} />
          ) : null}
        </div>
      ) : null}
    </Panel>
  );
}
