import { useStream, useText } from "../store/hooks.ts";
import { moveName } from "../store/text.ts";

/** The last moves of this game as they were played, newest first. */
export function MoveList({ length }: { length: number }) {
  const text = useText();
  const moves = useStream((state) => state.moves);
  const language = useStream((state) => state.language);
  const shown = moves.slice(-length).reverse();
  if (shown.length === 0) return null;
  return (
    <section className="move-list" aria-label={text.board.moves}>
      <h2 className="hand-name">{text.board.moves}</h2>
      <ol>
        {shown.map((played) => (
          <li key={played.ply}>
            <span className="move-name">{moveName(played, language)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
