// Writes src/board/kanji.json: the outlines of the board's characters as SVG path data, so that a board
// never waits for a font and looks the same on a machine without Japanese fonts.
//
//   node script/extract_kanji.mjs <folder of a Fontsource package> <weight>
//
// Units: 1/1000 of the em, y downwards, the outline's bounding box centred on the origin.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSync } from "fontkit";

const KANJI = "王玉飛角金銀桂香歩龍馬全圭杏と一二三四五六七八九123456789";

const [folder, weight, target = "src/board/kanji.json"] = process.argv.slice(2);
if (!folder || !weight) {
  console.error("usage: node script/extract_kanji.mjs <package folder> <weight> [target]");
  process.exit(2);
}

const fonts = readdirSync(join(folder, "files"))
  .filter((name) => name.endsWith(`-${weight}-normal.woff2`))
  .map((name) => openSync(join(folder, "files", name)));

function outline(character) {
  const code = character.codePointAt(0);
  const font = fonts.find((candidate) => candidate.hasGlyphForCodePoint(code));
  if (!font) throw new Error(`no outline for ${character}`);
  const unit = 1000 / font.unitsPerEm;
  const { path } = font.glyphForCodePoint(code);
  const { minX, maxX, minY, maxY } = path.bbox;
  const centred = path
    .translate(-(minX + maxX) / 2, -(minY + maxY) / 2)
    .scale(unit, -unit)
    .mapPoints((x, y) => [Math.round(x), Math.round(y)]);
  return {
    width: Math.round((maxX - minX) * unit),
    height: Math.round((maxY - minY) * unit),
    path: centred.toSVG(),
  };
}

const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const kanji = Object.fromEntries([...KANJI].map((character) => [character, outline(character)]));
writeFileSync(
  target,
  `${JSON.stringify({ source: `${name} ${version}, weight ${weight}`, licence: license, kanji }, null, 2)}\n`,
);
