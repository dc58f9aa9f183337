import { useEffect, useRef, useState } from "react";
import { gameAddress } from "../connection/archive.ts";
import type { ArchivedGame, Side } from "../protocol/messages.ts";
import { searchWith } from "../store/archiveAddress.ts";
import { endOf } from "../store/finishedGame.ts";
import { count } from "../store/format.ts";
import { useStream, useText } from "../store/hooks.ts";
import { castleName, fill, openingName, resultText } from "../store/text.ts";
import { Panel } from "./Panel.tsx";

interface GameProps {
  game: ArchivedGame;
}

/** Openings and castle of a side, by name. */
function Plan({ game, side }: GameProps & { side: Side }) {
  const text = useText();
  const language = useStream((state) => state.language);
  const facts = game.game;
  const openings = side === "black" ? facts.black_openings : facts.white_openings;
  const castle = side === "black" ? facts.black_castle : facts.white_castle;
  const names = openings.map((id) => openingName(id, language));
  if (castle !== null) names.push(castleName(castle, language));
  return (
    <p data-plan={side}>
      <span className="plan-side">{text.board[side]}</span>{" "}
      {names.length > 0 ? names.join(" · ") : text.archive.no_plan}
    </p>
  );
}

/** What the record does not have. */
function Gaps({ game }: GameProps) {
  const text = useText();
  const total = game.game.plies;
  return (
    <>
      {game.unreadable_from === null ? null : (
        <p data-gap="unreadable">{fill(text.archive.cut, { n: game.unreadable_from + 1 })}</p>
      )}
      {game.moves_thought_of >= total ? null : (
        <p data-gap="thoughts">
          {fill(text.archive.thought_of, { n: game.moves_thought_of, total })}
        </p>
      )}
    </>
  );
}

const FILES = ["kif", "csa", "usi", "jkf"] as const;

function Files({ game }: GameProps) {
  const text = useText();
  const { run_id: run, game_id, ended_at: endedBy } = game.game;
  const name = { run, game: game_id, endedBy };
  return (
    <p className="archive-files">
      {text.archive.files}{" "}
      {FILES.map((format) => (
        <a key={format} href={gameAddress(name, format)} data-file={format} download>
          {format.toUpperCase()}
        </a>
      ))}
      <a href={gameAddress(name)} data-file="json">
        JSON
      </a>
    </p>
  );
}

const COPIED_MS = 2_000;

/** The address of this position; where the page may not copy it, it can be copied by hand. */
function Link({ game, ply }: GameProps & { ply: number }) {
  const text = useText();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState("");
  const { run_id: run, game_id, ended_at: endedBy } = game.game;
  const search = searchWith({ run, game: game_id, ply, endedBy }, "");
  const link = `${window.location.origin}${window.location.pathname}${search}`;
  useEffect(() => {
    if (copied === "") return;
    const timer = setTimeout(() => setCopied(""), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  function copy() {
    field.current?.select();
    // Only pages of a secure origin have a clipboard.
    navigator.clipboard?.writeText(link).then(
      () => setCopied(link),
      () => {},
    );
  }
  return (
    <p className="archive-link">
      <input ref={field} readOnly value={link} aria-label={text.archive.link} data-link />
      <button type="button" onClick={copy}>
        {copied === link ? text.archive.copied : text.archive.copy}
      </button>
    </p>
  );
}

/** A finished game: how it ended, what was played, its link and its files. */
export function ArchivedGamePanel({ game, ply }: GameProps & { ply: number }) {
  const text = useText();
  const language = useStream((state) => state.language);
  return (
    <Panel
      name="archived"
      title={fill(text.archive.game, { n: count(game.game.game_number) })}
      face={{ kind: "live" }}
      waiting=""
      aside={game.game.run_name || game.game.run_id}
    >
      <div data-archived={game.game.game_id}>
        <p className="lead">{resultText(endOf(game), language)}</p>
        <Plan game={game} side="black" />
        <Plan game={game} side="white" />
        <Gaps game={game} />
        <Files game={game} />
        <Link game={game} ply={ply} />
      </div>
    </Panel>
  );
}
