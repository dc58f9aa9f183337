import { count } from "../store/format.ts";
import { useLatest, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { ArchiveDoor } from "./ArchiveDoor.tsx";

function GameFacts() {
  const text = useText();
  const game = useLatest("game_state")?.data;
  if (!game) return null;
  const total = game.total_plies ?? null;
  return (
    <p>
      <strong>{fill(text.bottom.game, { n: count(game.game_number) })}</strong>
      {" · "}
      {total === null
        ? fill(text.bottom.move, { n: game.ply })
        : fill(text.bottom.move_of, { n: game.ply, total })}
      {" · "}
      {game.update > 0
        ? fill(text.bottom.update, { n: count(game.update) })
        : text.bottom.update_zero}
    </p>
  );
}

/** The sentence of the moment, large enough to read from across a room. */
export function BottomBar() {
  const text = useText();
  const game = useLatest("game_state")?.data;
  const reward = useStream((state) => state.latest.system_status?.data.run?.reward_text);
  return (
    <footer className="bottom-bar">
      <section className="commentary" aria-label={text.bottom.label} aria-live="polite">
        <p className="commentary-sentence">{game?.commentary || text.bottom.waiting}</p>
        {game?.note ? <p className="commentary-note">{game.note}</p> : null}
      </section>
      <div className="game-facts">
        <GameFacts />
        <p>
          {game && reward ? <span className="game-reward">{reward}</span> : null} <ArchiveDoor />
        </p>
      </div>
    </footer>
  );
}
