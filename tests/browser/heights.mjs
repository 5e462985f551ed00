// How long pages are on a phone: a fixed list of pages of every kind in both languages. Folded text (closed details)
// counts half of what it adds when it is opened. Fails where the median of a kind, or 95 % of all pages, is too long.
// Then where the first words of the text of each innovation stand (below the head, in all of them), which a reader should meet
// on the first screen.
//   SALA_SITE=public node heights.mjs [--list] [--first]
import { launch, open, pages, fileAddress, read } from "./lib.mjs";

const WIDTH = 360;
const EACH = 12;
const MEDIAN = 3000;
const MOST = 8000;
const FIRST = 640;
const KIND = "innovation";

/** Pages by language and kind, evenly chosen from all in the order of their addresses. */
function chosen() {
  const kinds = new Map();
  for (const path of pages()) {
    const html = read(path);
    const kind = /<body class="t-entry k-([\w-]+)/.exec(html)?.[1];
    if (!kind) continue;
    const key = `${/<html lang="(\w+)/.exec(html)?.[1]} ${kind}`;
    if (!kinds.has(key)) kinds.set(key, []);
    kinds.get(key).push(path);
  }
  for (const [key, all] of kinds) {
    kinds.set(key, all.filter((_, i) => all.length <= EACH || Math.floor((i * EACH) / all.length) !== Math.floor(((i - 1) * EACH) / all.length)));
  }
  return kinds;
}

const median = (list, part = 0.5) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
const chromium = await launch();

/** Where the first line of the text ends on every page of a kind. */
async function firstWords(kind) {
  const found = [];
  for (const path of pages()) {
    if (!new RegExp(`<body class="t-entry k-${kind}"`).test(read(path))) continue;
    const { page } = await open(chromium.browser, fileAddress(path), { width: WIDTH, height: 740 });
    const at = await page.evaluate(() => {
      const first = document.querySelector(".main .prose :is(p, li)");
      const range = document.createRange();
      range.selectNodeContents(first);
      return Math.round(range.getClientRects()[0].bottom + scrollY);
    });
    await page.close();
    if (process.argv.includes("--list")) console.log(at, path);
    found.push([at, path]);
  }
  return found.sort((a, b) => b[0] - a[0]);
}

const first = await firstWords(KIND);
const below = first.filter(([at]) => at > FIRST);
console.log(`first words of the text: ${first.length} pages of kind ${KIND}, median ${median(first.map(([at]) => at))}, lowest ${first[0]?.join(" ")}; below ${FIRST}: ${below.length}`);
for (const [at, path] of below) console.log(`  ${at} ${path}`);
if (process.argv.includes("--first")) {
  await chromium.close();
  process.exit(process.argv.includes("--strict") && below.length ? 1 : 0);
}
const rows = [];
const everything = [];
for (const [key, paths] of chosen()) {
  const heights = [];
  for (const path of paths) {
    const { page } = await open(chromium.browser, fileAddress(path), { width: WIDTH, height: 740 });
    const [closed, opened] = await page.evaluate(() => {
      const height = () => document.documentElement.scrollHeight;
      const before = height();
      for (const d of document.querySelectorAll("main details")) d.open = true;
      return [before, height()];
    });
    await page.close();
    heights.push(Math.round(closed + (opened - closed) / 2));
    if (process.argv.includes("--list")) console.log(heights.at(-1), path);
  }
  rows.push([key, heights.length, median(heights), Math.max(...heights)]);
  everything.push(...heights);
}
await chromium.close();
rows.sort((a, b) => b[2] - a[2]);
for (const [key, n, middle, most] of rows) console.log(`${key.padEnd(24)} ${String(n).padStart(3)} pages  median ${String(middle).padStart(6)}  longest ${String(most).padStart(6)}`);
const long = rows.filter((r) => r[2] > MEDIAN);
console.log(`all: ${everything.length} pages, median ${median(everything)}, 95 % ${median(everything, 0.95)}; kinds over ${MEDIAN}: ${long.length} of ${rows.length}`);
if (process.argv.includes("--strict") && (below.length || long.length || median(everything, 0.95) > MOST)) process.exitCode = 1;
