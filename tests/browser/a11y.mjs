// axe-core, WCAG 2.2 A and AA and best practices: one page of every shape in four views. Every page once: a11y_all.mjs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { launch, open, samples, serve, skip } from "./lib.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }, resultTypes: ["violations"] };

describe("accessibility", { skip }, () => {
  let chromium, server;
  before(async () => { chromium = await launch(); server = await serve(); });
  after(async () => { await chromium.close(); server.close(); });

  async function check(path, view) {
    const { page } = await open(chromium.browser, server.base + path, view);
    // Evaluated over the debugger, so the page's own policy does not stand in the way.
    await page.evaluate(source);
    const found = await page.evaluate((rules) => window.axe.run(document, rules).then((r) => r.violations.map((v) => `${v.id}: ${v.help} at ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`)), RULES);
    await page.close();
    return found;
  }

  async function all(jobs) {
    const queue = [...jobs];
    const bad = [];
    const worker = async () => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        bad.push(...(await check(job.path, job)).map((f) => `${job.path} ${job.width} ${job.scheme ?? ""}: ${f}`));
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    return bad.sort();
  }

  test("one page of every shape, 360 and 1280 px, light and dark", async () => {
    const jobs = [...samples().values()].flatMap((path) => [360, 1280].flatMap((width) => ["light", "dark"].map((scheme) => ({ path, width, scheme }))));
    assert.deepEqual(await all(jobs), []);
  });
});
