// Paper: A4, no navigation, link addresses, repeated table heads, page numbers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open, pages, read, samples, serve, skip } from "./lib.mjs";

describe("print", { skip }, () => {
  let chromium, server;
  before(async () => { chromium = await launch(); server = await serve(); });
  after(async () => { await chromium.close(); server.close(); });

  test("every shape of page prints on A4 without navigation", async () => {
    for (const [shape, path] of samples()) {
      const { page } = await open(chromium.browser, server.base + path);
      await page.emulateMediaType("print");
      const shown = await page.evaluate(() => [".site-header", ".site-footer", ".crumbs", ".facets", ".toc-box", ".actions"].filter((s) => { const e = document.querySelector(s); return e && e.getClientRects().length > 0; }));
      assert.deepEqual(shown, [], `${shape} (${path}) shows ${shown} on paper`);
      // The foot of every sheet, or where the browser has no place for it, the one after the text.
      const foot = await page.evaluate(() => {
        const own = getComputedStyle(document.documentElement).getPropertyValue("--foot");
        const after = document.querySelector(".print-foot");
        return { own, after: after.getClientRects().length > 0, text: after.querySelector("p").textContent };
      });
      assert.ok(foot.after || foot.own.includes(foot.text), `${path} has its foot: ${JSON.stringify(foot)}`);
      await page.close();
    }
  });

  test("a part of one or two cards keeps to its heading", async () => {
    const path = pages().find((p) => /<details class="fold part"[^>]*>\s*<summary><h2 id="r-\d+"/.test(read(p)));
    const { page } = await open(chromium.browser, server.base + path);
    await page.emulateMediaType("print");
    const parts = await page.$$eval(".part:has(.rows)", (all) => all.map((p) => [p.querySelector(".rows").children.length, getComputedStyle(p).breakInside]));
    const short = parts.filter(([n]) => n < 3);
    assert.ok(short.length > 0, `${path} has a short part`);
    for (const [n, inside] of short) assert.equal(inside, "avoid", `${path}: a part of ${n}`);
    await page.close();
  });

  test("a long page becomes several A4 sheets with numbers", async () => {
    const { page } = await open(chromium.browser, `${server.base}models/compare.html`);
    const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.ok((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length >= 2);
    const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf);
    const sides = [Number(box[1]), Number(box[2])].sort((a, b) => a - b);
    assert.ok(Math.abs(sides[0] - 595) < 2 && Math.abs(sides[1] - 842) < 2, `A4, not ${sides}`);
    await page.emulateMediaType("print");
    assert.equal(await page.$eval("thead", (h) => getComputedStyle(h).display), "table-header-group");
    await page.close();
  });
});
