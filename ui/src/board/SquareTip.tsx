import { percent, squareName } from "../store/format.ts";
import { useStream, useText } from "../store/hooks.ts";
import { attentionOnBoard, predictionsOnBoard } from "../store/onBoard.ts";
import { fill } from "../store/text.ts";
import { BOARD_SIZE, CELL, centre } from "./geometry.ts";

/** What the chosen map says about the square under the pointer. */
export function SquareTip({ square }: { square: number }) {
  const text = useText();
  const language = useStream((state) => state.language);
  const map = useStream((state) => state.map);
  const share = useStream(predictionsOnBoard)?.destinations?.[square];
  const weight = useStream(attentionOnBoard)?.weights[square];
  const name = squareName(square, language);
  let words: string | null = null;
  if (map === "destinations" && share !== undefined) {
    words = fill(text.map.square_destinations, { square: name, value: percent(share) });
  } else if (map === "activity" && weight !== undefined) {
    words = fill(text.map.square_activity, { square: name, value: weight.toFixed(2) });
  }
  if (!words) return null;
  const { x, y } = centre(square);
  const below = square < 9;
  return (
    <p
      className="square-tip"
      style={{
        left: `${Math.min(80, Math.max(20, (x / BOARD_SIZE) * 100))}%`,
        top: `${((y + (below ? CELL / 2 : -CELL / 2)) / BOARD_SIZE) * 100}%`,
        transform: `translate(-50%, ${below ? "8px" : "calc(-100% - 8px)"})`,
      }}
    >
      {words}
    </p>
  );
}
