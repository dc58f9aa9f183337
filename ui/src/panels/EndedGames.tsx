import { count } from "../store/format.ts";
import { useStream, useText } from "../store/hooks.ts";
import { fill, resultText } from "../store/text.ts";

/** How the last featured games ended. */
export function EndedGames() {
  const text = useText();
  const ended = useStream((state) => state.endedGames);
  const language = useStream((state) => state.language);
  return (
    <div className="results">
      <h3>{ended.length === 0 ? text.progress.results_none : text.progress.results}</h3>
      <ol>
        {ended.slice(0, 2).map((game) => (
          <li key={game.gameId} data-result={game.gameId} data-winner={game.winner ?? "draw"}>
            {resultText(game, language)}{" "}
            <span className="result-game">
              {fill(text.progress.result, { n: count(game.gameNumber) })}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
