// Weight of pages, compressed: every page without fonts, one page of every shape with the fonts that Chromium loads.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch, pages, read, samples, serve, site, skip } from "./lib.mjs";

const KB = 1024;
const sizes = new Map();
const zipped = (path) => {
  if (!sizes.has(path)) sizes.set(path, gzipSync(readFileSync(join(site, path))).length);
  return sizes.get(path);
};
/** The page, its style sheets and its scripts. */
const weight = (path) => {
  const html = read(path);
  const linked = [...html.matchAll(/(?:<link rel="stylesheet" href|<script src)="([^"]+)"/g)].map((m) => m[1]).filter((a) => !a.startsWith("/"));
  return gzipSync(html).length + linked.map((a) => zipped(normalize(join(dirname(path), a)))).reduce((a, b) => a + b, 0);
};
const report = (name, all) => {
  const sorted = [...all].sort((a, b) => a[1] - b[1]);
  const at = (part) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))][1] / KB).toFixed(1);
  console.log(`${name}: ${sorted.length} pages, median ${at(0.5)} KB, 95 % ${at(0.95)} KB, heaviest ${at(1)} KB (${sorted.at(-1)[0]})`);
};

describe("weight", { skip }, () => {
  let chromium, server;
  before(async () => { chromium = await launch(); server = await serve(); });
  after(async () => { await chromium.close(); server.close(); });

  test("every page is under 40 KB without fonts", () => {
    const all = pages().map((path) => [path, weight(path)]);
    report("without fonts", all);
    assert.deepEqual(all.filter(([, n]) => n >= 40 * KB), []);
  });

  test("one page of every shape is under 100 KB with fonts, on a phone", async () => {
    const all = [];
    for (const path of new Set(samples().values())) {
      const page = await chromium.browser.newPage();
      await page.setViewport({ width: 360, height: 740 });
      await page.setCacheEnabled(false);
      let bytes = 0;
      page.on("response", (response) => { bytes += Number(response.headers()["content-length"] ?? 0); });
      await page.goto(server.base + path, { waitUntil: "networkidle0" });
      await page.close();
      // The search page loads its index: what a reader asks for is not the weight of the page.
      if (!path.endsWith("search.html")) all.push([path, bytes]);
    }
    report("with fonts", all);
    assert.deepEqual(all.filter(([, n]) => n >= 100 * KB), []);
  });
});
