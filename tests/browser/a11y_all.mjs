// axe-core over every page once, at 360 px in the light theme.
//
// Loading axe anew for 2,700 pages costs more than running it. A tab therefore stays one document: for each page its
// address is set, its markup is written into the document, its style sheets and scripts load as they do for a reader,
// and the axe that is already there (and compiled) looks at it. a11y.mjs loads one page of every shape the plain way.
// SALA_TABS: tabs that work side by side, two where not said.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { built, launch, pages, read, serve, site } from "./lib.mjs";

if (!built) { console.error(`no built site at ${site}`); process.exit(2); }
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Runs in the tab: shows a page and gives what axe finds in it. */
async function look(path, html, tags) {
  history.replaceState(null, "", path);
  const loaded = new Promise((done) => { window.addEventListener("load", done, { once: true }); });
  document.open();
  // Opening a document drops its listeners: the one for the end of loading is added again.
  const again = new Promise((done) => { window.addEventListener("load", done, { once: true }); });
  document.write(html);
  document.close();
  await Promise.race([loaded, again]);
  const result = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false });
  return result.violations.map((v) => `${v.id}: ${v.help} at ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`);
}

const queue = pages().filter((path) => !/http-equiv="?refresh/i.test(read(path)));
const all = queue.length;
const bad = [];
const server = await serve();
const { browser, close } = await launch(["--disable-ipc-flooding-protection"]);
const missed = ["button-name", "link-name"];
async function work() {
  let page;
  for (let n = 0, path = queue.shift(); path; n += 1, path = queue.shift()) {
    // A fresh tab now and then keeps memory in bounds.
    if (n % 250 === 0) {
      await page?.close();
      page = await browser.newPage();
      await page.setViewport({ width: 360, height: 740 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
      await page.goto(`${server.base}robots.txt`);
      await page.evaluate(axe);
    }
    const found = await page.evaluate(look, `/${path}`, read(path), TAGS);
    bad.push(...found.map((f) => `${path}: ${f}`));
    // Once, faults are planted: a pass that misses them would prove nothing.
    const wanted = missed.splice(0);
    if (wanted.length) {
      const planted = await page.evaluate(async (tags) => {
        document.querySelector("main").insertAdjacentHTML("afterbegin", '<button type="button"></button><p><a href="x"></a></p>');
        return (await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false })).violations.map((v) => v.id);
      }, TAGS);
      bad.push(...wanted.filter((rule) => !planted.includes(rule)).map((rule) => `the planted fault of ${rule} was not found`));
    }
  }
}
await Promise.all(Array.from({ length: Number(process.env.SALA_TABS ?? 2) }, work));
await close();
server.close();
for (const line of bad.sort().slice(0, 200)) console.log(line);
console.log(`${all} pages at 360 px, ${bad.length} findings`);
process.exit(bad.length ? 1 : 0);
