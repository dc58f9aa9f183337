import type { CSSProperties } from "react";
import { useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";

/** Ink and ivory: the forecast for Black grows from Black's side of the board. */
export function EvaluationBar() {
  const text = useText();
  const share = useStream((state) => state.latest.game_state?.data.black_win_probability) ?? null;
  const source = useStream((state) => state.latest.game_state?.data.estimate?.source);
  const known = share !== null;
  const words = source === "result" ? text.evaluation.label_result : text.evaluation.label;
  const label = known ? fill(words, { value: Math.round(share * 100) }) : text.evaluation.unknown;
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
