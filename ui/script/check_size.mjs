// Fails when the built page's script is larger than its budget. Run by `npm run build`.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 200;
const assets = new URL("../dist/assets/", import.meta.url);

const size = readdirSync(assets)
  .filter((name) => name.endsWith(".js"))
  .reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, assets))).length, 0);

console.log(`script: ${(size / 1000).toFixed(1)} kB gzip of ${BUDGET_KB} kB`);
if (size > BUDGET_KB * 1000) process.exit(1);
