// Choosing 2 to 4 entries, the bar, the comparison by address, printing it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open, serve, skip } from "./lib.mjs";

describe("compare", { skip }, () => {
  let chromium, server;
  before(async () => { chromium = await launch(); server = await serve(); });
  after(async () => { await chromium.close(); server.close(); });
  const columns = (page) => page.$$eval("thead [data-col]", (heads) => heads.filter((h) => !h.hidden).map((h) => h.dataset.col));

  for (const folder of ["innovations", "models"]) {
    test(`${folder}: chosen by checkbox, kept over pages, addressed by URL`, async () => {
      const { page, problems } = await open(chromium.browser, `${server.base}${folder}/index.html`);
      const boxes = await page.$$eval("[data-cards] [data-pick]", (b) => b.map((x) => x.dataset.pick));
      assert.ok(boxes.length >= 2);
      const tick = (id) => page.$eval(`[data-pick="${id}"]`, (box) => box.click());
      await tick(boxes[0]);
      assert.equal(await page.$eval("[data-compare-go]", (a) => a.hidden), true, "one is not enough");
      await tick(boxes[1]);
      assert.equal(await page.$eval("[data-compare-bar]", (b) => b.hidden), false);
      if (boxes.length > 4) {
        await tick(boxes[2]);
        await tick(boxes[3]);
        assert.equal(await page.$eval(`[data-pick="${boxes[4]}"]`, (b) => b.disabled), true, "four at most");
        await tick(boxes[2]);
        await tick(boxes[3]);
      }
      await page.reload();
      assert.equal(await page.$$eval("[data-compare-list] li", (l) => l.length), 2, "kept for the visit");
      await Promise.all([page.waitForNavigation(), page.click("[data-compare-go]")]);
      assert.match(page.url(), /compare\.html\?ids=/);
      assert.deepEqual((await columns(page)).sort(), boxes.slice(0, 2).sort());
      assert.equal(await page.$eval("table[data-matrix] thead th", (th) => th.scope), "col");
      assert.deepEqual(problems, []);
      await page.emulateMediaType("print");
      assert.equal(await page.$eval(".site-header", (h) => getComputedStyle(h).display), "none");
      assert.deepEqual((await columns(page)).length, 2, "paper shows the chosen ones");
      await page.close();
    });

    test(`${folder}: without scripts the full matrix is there`, async () => {
      const { page } = await open(chromium.browser, `${server.base}${folder}/compare.html`, { js: false });
      assert.ok((await columns(page)).length >= 2);
      assert.ok((await page.$$("tbody tr")).length >= 3);
      await page.close();
    });
  }

  test("two chosen stand side by side on a phone, and what differs is marked and can be shown alone", async () => {
    const address = `${server.base}models/compare.html?ids=model-formal,model-network`;
    const { page, problems } = await open(chromium.browser, address, { width: 360, height: 740 });
    const rows = () => page.$$eval("tbody tr", (all) => all.filter((r) => !r.hidden).map((r) => ({
      marked: Boolean(r.querySelector(".differs")),
      said: [...r.querySelectorAll("td")].filter((c) => !c.hidden).map((c) => c.textContent.replace(/\s+/g, " ").trim()),
      right: Math.max(...[...r.querySelectorAll("td")].map((c) => c.getBoundingClientRect().right)),
    })));
    const before = await rows();
    for (const row of before) {
      assert.equal(row.marked, row.said[0] !== row.said[1], JSON.stringify(row));
      assert.ok(row.right <= 360, `a column ends at ${row.right}`);
    }
    assert.ok(before.some((r) => r.marked) && before.some((r) => !r.marked));
    await page.click("[data-matrix-differ]");
    assert.deepEqual((await rows()).map((r) => r.said), before.filter((r) => r.marked).map((r) => r.said));
    assert.deepEqual(problems, []);
    await page.close();
  });

  test("the first column stays while the matrix scrolls inside itself", async () => {
    const { page } = await open(chromium.browser, `${server.base}models/compare.html`, { width: 360, height: 740 });
    const moved = await page.evaluate(() => {
      const box = document.querySelector(".scroll");
      const head = box.querySelector("tbody th");
      const before = head.getBoundingClientRect().left;
      box.scrollLeft = 300;
      return { scrolled: box.scrollLeft, shift: Math.abs(head.getBoundingClientRect().left - before), page: document.documentElement.scrollWidth - innerWidth };
    });
    assert.ok(moved.scrolled > 100 && moved.shift < 2 && moved.page <= 0, JSON.stringify(moved));
    await page.close();
  });
});
