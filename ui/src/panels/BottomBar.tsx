import type { GameState } from "../protocol/messages.ts";
import { age, count } from "../store/format.ts";
import { useLatest, useNow, useStream, useText } from "../store/hooks.ts";
import { fill, type UiText } from "../store/text.ts";
import { ArchiveDoor } from "./ArchiveDoor.tsx";
import { Countdowns } from "./Countdowns.tsx";
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

/** When and by which network the move on screen was played, where that is known. */
function ageWords(game: GameState, now: number, newest: number | undefined, text: UiText): string {
  if (game.played_at === null) return networkWords(game.update, newest, text);
  const behind = (newest ?? game.update) - game.update;
  const values = {
    age: age(now - game.played_at, text),
    n: count(game.update),
    behind: count(behind),
  };
  if (game.update === 0) return fill(text.bottom.played_zero, values);
  if (behind <= 0) return fill(text.bottom.played, values);
  if (behind === 1) return fill(text.bottom.played_behind_one, values);
  return fill(text.bottom.played_behind, values);
}

/** How many moves it takes is told when it has ended: before, that would give the end away. */
function moveWords({ ply, result, total_plies }: GameState, text: UiText): string {
  if (!result || total_plies === null) return fill(text.bottom.move, { n: ply });
  return fill(text.bottom.move_of, { n: ply, total: total_plies });
}

function GameFacts() {
  const text = useText();
  const game = useLatest("game_state")?.data;
  const newest = useStream((state) => state.latest.system_status?.data.update);
  const now = useNow();
  if (!game) return null;
  return (
    <p>
      <strong>{fill(text.bottom.game, { n: count(game.game_number) })}</strong>
      {" · "}
      {moveWords(game, text)}
      {" · "}
      {ageWords(game, now, newest, text)}
    </p>
  );
}

/** Why this game is on, in the showcase's words. */
function WhyThisGame() {
  const text = useText();
  const pick = useLatest("game_state")?.data.pick;
  if (!pick) return null;
  return (
    <p className="game-why" data-pick={pick.reason}>
      {fill(text.bottom.why, { text: pick.text })}
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
        {game?.forecast ? (
          <p className="commentary-verdict">
            <Terms of="game" sentence={game.forecast.verdict} />
          </p>
        ) : null}
      </section>
      <div className="game-facts">
        <GameFacts />
        <WhyThisGame />
        {game && reward ? <p className="game-reward">{reward}</p> : null}
        <p>
          <Countdowns /> <LookBackDoor /> <ArchiveDoor />
        </p>
      </div>
    </footer>
  );
}
