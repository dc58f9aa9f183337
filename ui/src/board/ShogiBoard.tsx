import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useLatest, useStream, useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { BoardView } from "./boardView.ts";
import { describePosition } from "./describe.ts";
import { BOARD_SIZE, squareAt } from "./geometry.ts";
import { SquareTip } from "./SquareTip.tsx";
import type { Scene } from "./scene.ts";

function useBoardView(scene: Scene | null) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<BoardView | null>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const reduced = window.matchMedia("(prefers-reduced-motion: reduce)");
    const board = new BoardView(element, () => reduced.matches);
    view.current = board;
    const fit = () => board.resize(element.clientWidth, window.devicePixelRatio);
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    // Another screen may have another pixel ratio while the size on the page stays.
    window.addEventListener("resize", fit);
    return () => {
      window.removeEventListener("resize", fit);
      observer.disconnect();
      board.destroy();
    };
  }, []);

  useEffect(() => view.current?.show(scene), [scene]);
  return canvas;
}

/** The featured game. What is drawn is also said, in the label and in data attributes. */
export function ShogiBoard({ scene }: { scene: Scene | null }) {
  const text = useText();
  const game = useLatest("game_state")?.data;
  const canvas = useBoardView(scene);
  const [hovered, setHovered] = useState<number | null>(null);
  const map = useStream((state) => state.map);
  const language = useStream((state) => state.language);
  const last = game?.last_move?.move;
  const lastName = (language === "ja" ? last?.japanese : last?.western) ?? text.board.none;

  function hover(event: PointerEvent<HTMLElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = BOARD_SIZE / box.width;
    setHovered(
      squareAt({ x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale }),
    );
  }

  const label = game
    ? fill(text.board.label, {
        game: game.game_number,
        ply: game.ply,
        side: text.board[game.side_to_move],
        move: lastName,
      })
    : text.board.label_empty;

  return (
    <figure
      className="board"
      data-testid="board"
      data-game-id={game?.game_id ?? ""}
      data-game-number={game?.game_number ?? ""}
      data-ply={game?.ply ?? ""}
      data-sfen={game?.sfen ?? ""}
      data-last-move={last?.usi ?? ""}
      data-update={game?.update ?? ""}
      data-heat={scene?.heat ? "shown" : "none"}
      data-map-ply={scene?.heat ? scene.ply : undefined}
      data-map={scene?.heat ? map : undefined}
      onPointerMove={hover}
      onPointerLeave={() => setHovered(null)}
    >
      <canvas ref={canvas} role="img" aria-label={label} />
      <figcaption className="visually-hidden">
        {game && scene ? describePosition(scene.position, language) : ""}
      </figcaption>
      {hovered !== null && game ? <SquareTip square={hovered} /> : null}
      {game ? null : <p className="board-waiting">{text.board.waiting}</p>}
    </figure>
  );
}
