import type { GameSummary } from "../protocol/messages.ts";
import type { Wishes } from "../store/archiveStore.ts";
import { endOf } from "../store/finishedGame.ts";
import { count, day, timeOfDay } from "../store/format.ts";
import { useArchive, useStream, useText } from "../store/hooks.ts";
import { castleNames, fill, openingNames, resultText, type UiText } from "../store/text.ts";
import { Panel } from "./Panel.tsx";

interface ChoiceProps {
  wish: keyof Wishes;
  label: string;
  options: readonly (readonly [string, string])[];
}

function Choice({ wish, label, options }: ChoiceProps) {
  const value = useArchive((state) => state.wishes[wish]);
  const choose = useArchive((state) => state.wish);
  return (
    <label className="archive-choice">
      <span>{label}</span>
      <select
        value={value}
        data-wish={wish}
        onChange={(event) => choose({ [wish]: event.target.value })}
      >
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function winners(text: UiText): [string, string][] {
  return [
    ["", text.archive.any],
    ["black", text.board.black],
    ["white", text.board.white],
    ["draw", text.archive.draw],
  ];
}

const ORDERS = ["newest", "oldest", "longest", "shortest"] as const;

function Choices() {
  const text = useText();
  const language = useStream((state) => state.language);
  const any: [string, string] = ["", text.archive.any];
  return (
    <div className="archive-choices">
      <Choice
        wish="order"
        label={text.archive.order}
        options={ORDERS.map((order) => [order, text.archive.orders[order]])}
      />
      <Choice wish="winner" label={text.archive.winner} options={winners(text)} />
      <Choice
        wish="opening"
        label={text.archive.opening}
        options={[any, ...openingNames(language)]}
      />
      <Choice wish="castle" label={text.archive.castle} options={[any, ...castleNames(language)]} />
    </div>
  );
}

function Row({ game }: { game: GameSummary }) {
  const text = useText();
  const language = useStream((state) => state.language);
  const go = useArchive((state) => state.go);
  const isOpen = useArchive(
    ({ place }) =>
      place?.run === game.run_id &&
      place.game === game.game_id &&
      (place.endedBy === null || place.endedBy === game.ended_at),
  );
  const ofEveryRun = useArchive((state) => state.scope === null);
  const ended = `${day(game.ended_at, language)}, ${timeOfDay(game.ended_at)}`;
  return (
    <li>
      <button
        type="button"
        className="archive-row"
        aria-current={isOpen}
        data-listed={game.game_id}
        onClick={() =>
          go({ run: game.run_id, game: game.game_id, ply: null, endedBy: game.ended_at })
        }
      >
        <span>{resultText(endOf({ game }), language)}</span>
        <span className="archive-row-facts">
          {fill(text.archive.listed, {
            n: count(game.game_number),
            update: count(game.update),
          })}
        </span>
        <span className="archive-row-facts" data-listed-when>
          {ofEveryRun ? `${game.run_name || game.run_id} · ${ended}` : ended}
        </span>
      </button>
    </li>
  );
}

/** Whose games are listed, where they are not everybody's. */
function Scope() {
  const text = useText();
  const scope = useArchive((state) => state.scope);
  const widen = useArchive((state) => state.widen);
  const name = useArchive(
    ({ list }) => list.games.find((game) => game.run_id === scope)?.run_name || scope,
  );
  if (scope === null || name === null) return null;
  return (
    <p className="archive-scope" data-scope={scope}>
      {fill(text.archive.of_run, { run: name })}{" "}
      <button type="button" className="archive-door" data-widen onClick={widen}>
        {text.archive.every_run}
      </button>
    </p>
  );
}

/** The end of the list: what it is doing, why it cannot, or more of it. */
function End() {
  const text = useText();
  const list = useArchive((state) => state.list);
  const more = useArchive((state) => state.more);
  if (list.looking) return <p className="panel-waiting">{text.archive.looking}</p>;
  if (list.failed) {
    return (
      <p className="panel-waiting" data-archive-failed={list.failed}>
        {text.archive.failed[list.failed]}{" "}
        <button type="button" className="archive-door" onClick={more}>
          {text.archive.again}
        </button>
      </p>
    );
  }
  if (list.games.length === 0) return <p className="panel-waiting">{text.archive.none}</p>;
  if (list.next === null) return null;
  return (
    <button type="button" className="archive-door" data-more onClick={more}>
      {text.archive.more}
    </button>
  );
}

/** The finished games that are looked for. */
export function ArchiveListPanel() {
  const text = useText();
  const games = useArchive((state) => state.list.games);
  return (
    <Panel name="archive" title={text.archive.title} face={{ kind: "live" }} waiting="">
      <Scope />
      <Choices />
      <ol className="archive-list">
        {games.map((game) => (
          <Row key={`${game.run_id} ${game.game_id} ${game.ended_at}`} game={game} />
        ))}
      </ol>
      <End />
    </Panel>
  );
}
