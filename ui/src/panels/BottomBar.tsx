import type { GameState } from "../protocol/messages.ts";
import { count } from "../store/format.ts";
import { useLatest, useStream, useText } from "../store/hooks.ts";
import { fill, type UiText } from "../store/text.ts";
import { ArchiveDoor } from "./ArchiveDoor.tsx";
import { LookBackDoor } from "./LookBackDoor.tsx";
import { Terms } from "./Terms.tsx";

/** Which network played: the show lags behind training, and says how far. */
function networkWords(update: number, now: number | undefined, text: UiText): string {
  if (update === 0) return text.bottom.update_zero;
  const behind = (now ?? update) - update;
  const n = count(update);
  if (behind <= 0) return fill(text.bottom.update, { n });
  if (behind === 1) return fill(text.bottom.update_behind_one, { n });
  return fill(text.bottom.update_behind, { n, behind: count(behind) });
}

/** How many moves it takes is told when it has ended: before, that would give the end away. */
function moveWords({ ply, result, total_plies }: GameState, text: UiText): string {
  if (!result || total_plies === null) return fill(text.bottom.move, { n: ply });
  return fill(text.bottom.move_of, { n: ply, total: total_plies });
}

function GameFacts() {
  const text = useText();
  const game = useLatest("game_state")?.data;
  const now = useStream((state) => state.latest.system_status?.data.update);
  if (!game) return null;
  return (
    <p>
      <strong>{fill(text.bottom.game, { n: count(game.game_number) })}</strong>
      {" · "}
      {moveWords(game, text)}
      {" · "}
      {networkWords(game.update, now, text)}
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
        <p className="commentary-sentence">
          {game?.commentary ? <Terms of="game" sentence={game.commentary} /> : text.bottom.waiting}
        </p>
        {game?.note ? (
          <p className="commentary-note">
            <Terms of="game" sentence={game.note} />
          </p>
        ) : null}
      </section>
      <div className="game-facts">
        <GameFacts />
        <p>
          {game && reward ? <span className="game-reward">{reward}</span> : null} <LookBackDoor />{" "}
          <ArchiveDoor />
        </p>
      </div>
    </footer>
  );
}
