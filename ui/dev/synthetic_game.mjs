// SYNTHETIC: a scripted opening with invented values, for looking at the page without a trainer.

const START = "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL";
export const MOVES = (
  "7g7f 8c8d 2g2f 3c3d 2f2e 8d8e 6i7h 4a3b 2e2d 2c2d 2h2d 8e8f 8g8f 8b8f 2d3d 2b3c 3d3f 5a4b " +
  "8h3c+ 2a3c B*7g P*8h 7g8f 8h8i+ 5i5h P*2b 3f3d 8i7i R*8b B*5d 3d3f 7a7b 8b8a+ S*4e 3f2f"
).split(" ");

const FULL = "０１２３４５６７８９";
const RANKS = "一二三四五六七八九";
const KANJI = {
  P: "歩",
  L: "香",
  N: "桂",
  S: "銀",
  G: "金",
  B: "角",
  R: "飛",
  K: "玉",
  "+P": "と",
  "+L": "成香",
  "+N": "成桂",
  "+S": "成銀",
  "+B": "馬",
  "+R": "龍",
};

const square = (text) => "abcdefghi".indexOf(text[1]) * 9 + (9 - Number(text[0]));
const name = (index) => `${9 - (index % 9)}${"abcdefghi"[Math.floor(index / 9)]}`;

export function startPosition() {
  const squares = START.split("/").flatMap((rank) =>
    [...rank].flatMap((c) => (/\d/.test(c) ? Array(Number(c)).fill("") : [c])),
  );
  return { squares, hands: { b: {}, w: {} }, side: "b", ply: 0 };
}

export function play(position, usi) {
  const { squares, hands, side } = position;
  const to = square(usi.slice(2, 4));
  const mine = (piece) => (side === "b" ? piece.toUpperCase() : piece.toLowerCase());
  if (usi[1] === "*") {
    squares[to] = mine(usi[0]);
    hands[side][usi[0]] -= 1;
  } else {
    const from = square(usi);
    const taken = squares[to].replace("+", "").toUpperCase();
    if (taken) hands[side][taken] = (hands[side][taken] ?? 0) + 1;
    squares[to] = (usi.endsWith("+") ? "+" : "") + squares[from];
    squares[from] = "";
  }
  position.side = side === "b" ? "w" : "b";
  position.ply += 1;
}

export function sfen({ squares, hands, side, ply }) {
  const ranks = [];
  for (let r = 0; r < 9; r++) {
    ranks.push(
      squares
        .slice(r * 9, r * 9 + 9)
        .map((p) => p || "1")
        .join("")
        .replace(/1+/g, (e) => e.length),
    );
  }
  const held = (who) =>
    [..."RBGSNLP"]
      .map((k) => {
        const n = hands[who][k] ?? 0;
        const letter = who === "b" ? k : k.toLowerCase();
        return n > 1 ? `${n}${letter}` : n === 1 ? letter : "";
      })
      .join("");
  return `${ranks.join("/")} ${side} ${held("b") + held("w") || "-"} ${ply + 1}`;
}

export function view(position, usi) {
  const to = square(usi.slice(2, 4));
  const drop = usi[1] === "*" ? usi[0] : "";
  const from = drop ? -1 : square(usi);
  const piece = drop || position.squares[from].toUpperCase();
  const target = `${FULL[9 - (to % 9)]}${RANKS[Math.floor(to / 9)]}`;
  const promotes = usi.endsWith("+");
  const takes = position.squares[to] ? "x" : drop ? "*" : "-";
  return {
    usi,
    from,
    to,
    drop,
    western: `${piece}${takes}${name(to)}${promotes ? "+" : ""}`,
    japanese: `${position.side === "b" ? "▲" : "△"}${target}${KANJI[piece]}${promotes ? "成" : drop ? "打" : ""}`,
  };
}

/** A few other moves that look possible: something steps forward onto an empty square. */
export function others(position, not, random) {
  const forward = position.side === "b" ? -9 : 9;
  const found = [];
  position.squares.forEach((piece, from) => {
    const mine =
      piece &&
      (position.side === "b" ? piece === piece.toUpperCase() : piece === piece.toLowerCase());
    const to = from + forward;
    if (!mine || !"PGSKRL".includes(piece.toUpperCase()) || position.squares[to] !== "") return;
    const usi = name(from) + name(to);
    if (usi !== not) found.push(usi);
  });
  return found.sort(() => random() - 0.5).slice(0, 4);
}
