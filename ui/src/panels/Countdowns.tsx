import { age } from "../store/format.ts";
import { useLatest, useNow, useStream, useText } from "../store/hooks.ts";
import { fill, type UiText } from "../store/text.ts";

/** A shorter time between two pictures is over before it is read. */
const WORTH_SAYING_S = 2.5;

function words(template: string, at: number | null, now: number, text: UiText): string | null {
  // What is overdue comes any moment: nobody knows when.
  if (at === null || at < now) return null;
  return fill(template, { age: age(Math.ceil(at - now), text) });
}

/** What comes when: the next picture of the game, the next update and evaluation. */
export function Countdowns() {
  const text = useText();
  const now = useNow();
  const game = useLatest("game_state");
  const status = useStream((state) => state.latest.system_status?.data);
  const next = game?.data.next_at ?? null;
  const isLong = next !== null && game !== undefined && next - game.timestamp >= WORTH_SAYING_S;
  const all = [
    words(text.bottom.next_move, isLong ? next : null, now, text),
    words(text.bottom.next_update, status?.next_update_at ?? null, now, text),
    words(text.bottom.next_evaluation, status?.next_evaluation_at ?? null, now, text),
  ].filter((one) => one !== null);
  return (
    <span className="game-countdowns" data-testid="countdowns">
      {all.join(" · ")}
    </span>
  );
}
