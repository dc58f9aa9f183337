import type { CSSProperties } from "react";
import type { Forecast, GameState } from "../protocol/messages.ts";
import { useLatest, useText } from "../store/hooks.ts";
import { fill, type UiText } from "../store/text.ts";
import { wholePercents } from "../store/wholePercents.ts";

const RESULTS = ["win", "draw", "loss"] as const;
type Result = (typeof RESULTS)[number];
type Chances = Record<Result, number>;

/** Black's, by the forecast or, after the last move, by the result. */
function chancesOf(game: GameState | undefined): Chances | null {
  if (game?.forecast) return game.forecast;
  if (!game?.result) return null;
  const { winner } = game.result;
  return {
    win: Number(winner === "black"),
    draw: Number(!winner),
    loss: Number(winner === "white"),
  };
}

function RecordLine({
  forecast: { calibrated, record },
  text,
}: {
  forecast: Forecast;
  text: UiText;
}) {
  const words = text.forecast;
  const all = record.of + record.even;
  const long = fill(words.record_long, {
    all,
    right: record.right,
    wrong: record.of - record.right,
    even: record.even,
  });
  return (
    <>
      {calibrated ? null : <p className="forecast-caution">{words.uncalibrated}</p>}
      {record.of > 0 ? (
        <p className="forecast-record" data-right={record.right} data-of={record.of} title={long}>
          {fill(words.record, { right: record.right, of: record.of })}
        </p>
      ) : null}
    </>
  );
}

/** How the game is expected to end, with numbers and words; what that is worth by its record. */
export function ForecastStrip() {
  const text = useText();
  const game = useLatest("game_state")?.data;
  const chances = chancesOf(game);
  if (!chances) return null;
  const words = text.forecast;
  const names = { win: text.board.black, draw: words.draw, loss: text.board.white };
  const percents = wholePercents(RESULTS.map((result) => chances[result]));
  const forecast = game?.forecast ?? null;
  const raw = forecast?.raw ?? null;
  return (
    <section
      className="forecast"
      aria-label={forecast ? words.title : words.result}
      data-testid="forecast"
      data-calibrated={forecast?.calibrated}
    >
      <h2>{forecast ? words.title : words.result}</h2>
      <div className="forecast-bar" aria-hidden="true">
        {RESULTS.map((result) => (
          <span
            key={result}
            className={`forecast-part forecast-${result}`}
            style={{ "--share": chances[result] } as CSSProperties}
          />
        ))}
      </div>
      <ul className="forecast-words">
        {RESULTS.map((result, place) => (
          <li key={result} data-chance={result} data-value={chances[result]} title={words[result]}>
            <span className={`forecast-mark forecast-${result}`} aria-hidden="true" />
            <span>{names[result]}</span> <strong className="figure">{percents[place]}%</strong>
          </li>
        ))}
      </ul>
      {forecast ? <RecordLine forecast={forecast} text={text} /> : null}
      {raw === null ? null : (
        <p className="forecast-raw" title={words.raw_long} data-value={raw}>
          {fill(words.raw, { value: Math.round(raw * 100) })}
        </p>
      )}
    </section>
  );
}
