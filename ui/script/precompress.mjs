// Packs what the built page is made of, once and as small as it gets: the server sends the packed
// form to whoever unpacks it. Run by `npm run build`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// Fonts and pictures are packed already.
const TEXT = /\.(css|html|js|json|svg|txt|webmanifest)$/;
const dist = fileURLToPath(new URL("../dist/", import.meta.url));

const sums = { plain: 0, gz: 0, br: 0 };
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXT.test(entry.name)) continue;
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const plain = readFileSync(file);
  const packed = {
    gz: gzipSync(plain, { level: 9 }),
    br: brotliCompressSync(plain, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      },
    }),
  };
  sums.plain += plain.length;
  for (const [ending, bytes] of Object.entries(packed)) {
    sums[ending] += Math.min(bytes.length, plain.length);
    if (bytes.length < plain.length) writeFileSync(`${file}.${ending}`, bytes);
  }
}
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
console.log(`text: ${kB(sums.plain)}, gzip ${kB(sums.gz)}, brotli ${kB(sums.br)}`);
