// What both sides make of a game record, in one form.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { Color, Move, SpecialMoveType } from "tsshogi";

/** Our side: see record_exchange.cc. */
export const program = path.join(process.env.KEISEI_BIN, "record_exchange");

const lostByMover = [
  SpecialMoveType.RESIGN,
  SpecialMoveType.MATE,
  SpecialMoveType.TIMEOUT,
  SpecialMoveType.FOUL_LOSE,
  SpecialMoveType.LOSE_BY_DEFAULT,
];
const wonByMover = [
  SpecialMoveType.FOUL_WIN,
  SpecialMoveType.ENTERING_OF_KING,
  SpecialMoveType.WIN_BY_DEFAULT,
];

/** What we read from the files, one object for each. */
export function ours(files) {
  const output = execFileSync(program, ["read", ...files], { maxBuffer: 1 << 30 });
  return output.toString().trimEnd().split("\n").map(JSON.parse);
}

/** The same of a record of theirs, of which the format keeps everything, no times or moves alone. */
export function theirs(record, { times, movesAlone }) {
  const nodes = record.moves.filter((node) => node.ply > 0);
  const moves = nodes.filter((node) => node.move instanceof Move);
  const end = nodes.find((node) => !(node.move instanceof Move));
  const blackStarts = record.initialPosition.color === Color.BLACK;
  const mover = (moves.length % 2 === 0) === blackStarts ? "black" : "white";
  const other = mover === "black" ? "white" : "black";
  const type = end?.move.type;
  if (movesAlone) {
    return {
      start: record.initialPosition.sfen,
      black: "",
      white: "",
      comment: "",
      moves: moves.map((node) => ({ usi: node.move.usi, ms: 0, comment: "" })),
      ended: false,
      winner: "",
    };
  }
  return {
    start: record.initialPosition.sfen,
    black: record.metadata.getStandardMetadata("blackName") ?? "",
    white: record.metadata.getStandardMetadata("whiteName") ?? "",
    comment: record.first.comment.trimEnd(),
    moves: moves.map((node) => ({
      usi: node.move.usi,
      ms: times ? node.elapsedMs : 0,
      comment: node.comment.trimEnd(),
    })),
    ended: end !== undefined,
    winner: lostByMover.includes(type) ? other : wonByMover.includes(type) ? mover : "",
  };
}
