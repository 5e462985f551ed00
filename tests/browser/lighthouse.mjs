// Lighthouse on a loopback server that compresses: median of five mobile runs per page. Build the site for the
// server's address first, so that canonical addresses are those that are looked at:
//   sala build -o /tmp/site --base-url http://127.0.0.1:4173/ && SALA_SITE=/tmp/site npm run lighthouse
// SALA_RUNS and SALA_PORT change the number of runs and the port.
import lighthouse from "lighthouse";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { launch, serve, site } from "./lib.mjs";

const RUNS = Number(process.env.SALA_RUNS ?? 5);
const FLOOR = { performance: 98, accessibility: 100, "best-practices": 100, seo: 100 };
const first = (folder) => readdirSync(join(site, folder)).filter((n) => n.endsWith(".html") && !["index.html", "compare.html"].includes(n)).sort()[0];
const list = process.argv.length > 2 ? process.argv.slice(2) : ["", "innovations/index.html", `innovations/${first("innovations")}`, "networks/nw-001.html", `syntheses/${first("syntheses")}`];
const server = await serve(Number(process.env.SALA_PORT ?? 4173));
let low = 0;
for (const path of list) {
  if (!existsSync(join(site, path))) { console.log(`${path}: not built`); low += 1; continue; }
  const runs = [];
  for (let i = 0; i < RUNS; i += 1) {
    const { browser, close } = await launch();
    const port = Number(new URL(browser.wsEndpoint()).port);
    const { lhr } = await lighthouse(server.base + path, { port, output: "json", logLevel: "error", onlyCategories: Object.keys(FLOOR) });
    runs.push(lhr);
    await close();
  }
  const scores = Object.fromEntries(Object.keys(FLOOR).map((c) => [c, runs.map((r) => Math.round(r.categories[c].score * 100)).sort((a, b) => a - b)[Math.floor(RUNS / 2)]]));
  const under = Object.keys(FLOOR).filter((c) => scores[c] < FLOOR[c]);
  const median = (audit) => runs.map((r) => r.audits[audit].numericValue).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
  console.log(`/${path}: ${Object.entries(scores).map(([c, s]) => `${c} ${s}`).join(", ")}; FCP ${Math.round(median("first-contentful-paint"))} ms, LCP ${Math.round(median("largest-contentful-paint"))} ms, TBT ${Math.round(median("total-blocking-time"))} ms, SI ${Math.round(median("speed-index"))} ms, CLS ${median("cumulative-layout-shift").toFixed(3)}`);
  if (under.length) {
    low += 1;
    for (const audit of Object.values(runs[0].audits)) if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative") console.log(`   ${audit.id}: ${audit.title} ${audit.displayValue ?? ""}`);
  }
}
server.close();
process.exit(low ? 1 : 0);
