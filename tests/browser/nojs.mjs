// Without JavaScript: every way works by links.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, open, serve, skip } from "./lib.mjs";

describe("without JavaScript", { skip }, () => {
  let chromium, server;
  before(async () => { chromium = await launch(); server = await serve(); });
  after(async () => { await chromium.close(); server.close(); });
  const go = (path, options = {}) => open(chromium.browser, server.base + path, { js: false, ...options });
  const follow = async (page, selector) => {
    const href = await page.$eval(selector, (a) => a.href);
    await page.goto(href, { waitUntil: "load" });
  };

  test("from home to an innovation for component 3 or a small school in three clicks", async () => {
    for (const [field, term] of [["component", "assess"], ["suits_size", "small"]]) {
      const { page } = await go("index.html");
      await follow(page, `[data-chooser] a[data-field="${field}"][data-term="${term}"]`);
      assert.match(page.url(), new RegExp(`innovations/by/${field}/${term}`));
      const facts = await page.$eval(".card", (c) => c.innerText);
      assert.ok(facts.length > 40, "the card shows what decides");
      await follow(page, ".card a");
      assert.ok(await page.$(".facts"));
      await page.close();
    }
  });

  test("a small primary school finds a practice for component 3 in three clicks", async () => {
    const { page } = await go("index.html");
    await follow(page, 'main a[href$="components/component-3.html"]');
    await follow(page, '.section .card a[href*="/innovations/"]');
    assert.match(await page.$eval(".facts", (facts) => facts.innerText), /ประถม/);
    assert.ok(await page.$("ol.steps"), "steps to act on");
    await page.close();
  });

  test("a long list is read page by page, each entry once", async () => {
    const { page } = await go("schools/index.html");
    const total = await page.$eval("[data-browse]", (area) => Number(area.dataset.total));
    const ways = await page.$$eval(".pages a", (links) => links.map((a) => a.href));
    const seen = new Set();
    for (const way of ways) {
      await page.goto(way);
      for (const href of await page.$$eval("[data-cards] > .card h3 a", (links) => links.map((a) => a.href))) seen.add(href);
    }
    assert.equal(seen.size, total);
    await page.close();
  });

  test("facets are links with counts, and the counts are right", async () => {
    const { page } = await go("innovations/index.html");
    const values = await page.$$eval(".facet li a", (links) => links.slice(0, 12).map((a) => ({ href: a.href, count: Number(a.querySelector(".count").textContent) })));
    assert.ok(values.length > 0);
    for (const value of values) {
      await page.goto(value.href);
      assert.equal((await page.$$("[data-cards] > .card")).length, value.count, value.href);
    }
    await page.close();
  });

  test("on a phone the menu link leads to the index in the foot, nothing waits for scripts", async () => {
    const { page } = await go("index.html", { width: 360, height: 740 });
    assert.equal(await page.$eval("[data-menu]", (a) => a.getAttribute("href")), "#site-index");
    assert.ok(await page.$("#site-index a"));
    assert.equal(await page.$$eval(".only-js", (nodes) => nodes.filter((n) => n.getClientRects().length > 0).length), 0);
    await page.close();
  });

  test("search page says so and offers other ways", async () => {
    const { page } = await go("search.html");
    assert.ok(await page.$eval(".no-js", (n) => n.getClientRects().length > 0));
    assert.ok((await page.$$(".index-list a")).length > 5);
    await page.close();
  });
});
