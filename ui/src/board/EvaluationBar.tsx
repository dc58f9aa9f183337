import type { CSSProperties } from "react";
import type { GameState } from "../protocol/messages.ts";
import { useLatest, useStream, useText } from "../store/hooks.ts";
import { fill, type UiText } from "../store/text.ts";

function labelOf(game: GameState | undefined, text: UiText): string {
  const share = game?.black_win_probability ?? null;
  const words = text.evaluation;
  if (!game || share === null) return words.unknown;
  const value = Math.round(share * 100);
  if (game.estimate?.source === "result") return fill(words.label_result, { value });
  if (!game.forecast) return fill(words.label_raw, { value });
  const { calibrated, games } = game.forecast;
  return calibrated
    ? fill(words.label, { value, n: games })
    : fill(words.label_uncalibrated, { value });
}

/** Ink and ivory: the forecast for Black grows from Black's side of the board. */
export function EvaluationBar() {
  const text = useText();
  const share = useStream((state) => state.latest.game_state?.data.black_win_probability) ?? null;
  const source = useStream((state) => state.latest.game_state?.data.estimate?.source);
  const known = share !== null;
  const label = labelOf(useLatest("game_state")?.data, text);
  return (
    <div
      className="evaluation-bar"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.round(share * 100) : undefined}
      title={label}
      data-metric="black_win_probability"
      data-value={share ?? ""}
      data-known={known}
      data-source={source}
      style={known ? ({ "--share": share } as CSSProperties) : undefined}
    >
      {known ? <div className="evaluation-black" /> : null}
      <div className="evaluation-middle" />
      {known ? <span className="evaluation-figure">{Math.round(share * 100)}</span> : null}
    </div>
  );
}

/** Says what the bar is, with the figure in words. */
export function EvaluationCaption() {
  const text = useText();
  const share = useStream((state) => state.latest.game_state?.data.black_win_probability) ?? null;
  const source = useStream((state) => state.latest.game_state?.data.estimate?.source);
  const caption = source === "result" ? text.evaluation.caption_result : text.evaluation.caption;
  return (
    <div className="evaluation-caption">
      <span className="evaluation-long">{caption}</span>
      <span className="evaluation-short">{text.board.black}</span>
      <strong className="figure">{share === null ? "–" : Math.round(share * 100)}</strong>
    </div>
  );
}
