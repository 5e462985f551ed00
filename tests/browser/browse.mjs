// Facet browsing, the chooser, language switch, menu and theme, by mouse and by keyboard.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileAddress, launch, open, read, serve, site, skip, visibleCards } from "./lib.mjs";
import { existsSync } from "node:fs";
import { join } from "node:path";

describe("browse", { skip }, () => {
  let chromium, server;
  before(async () => { chromium = await launch(); server = await serve(); });
  after(async () => { await chromium.close(); server.close(); });
  const go = (path, options) => open(chromium.browser, server.base + path, options);
  const values = (page, field) => page.$$eval(`.facet[data-field="${field}"] li[data-term]`, (items) => items.map((i) => ({ term: i.dataset.term, count: Number(i.querySelector(".count").textContent) })));
  const pick = (page, field, term) => page.$eval(`.facet[data-field="${field}"] li[data-term="${term}"] input`, (box) => { box.closest("details").open = true; box.click(); });

  test("several facets at once, counts, undo chips, address and back button", async () => {
    const { page, problems } = await go("innovations/index.html");
    const total = (await visibleCards(page)).length;
    assert.ok(total > 1, "the list has entries");
    const first = (await values(page, "component")).find((v) => v.count > 0 && v.count < total);
    await pick(page, "component", first.term);
    assert.equal((await visibleCards(page)).length, first.count, "the count of the value is what it shows");
    assert.match(page.url(), new RegExp(`component=${first.term}`));
    const second = (await values(page, "level")).find((v) => v.count > 0);
    await pick(page, "level", second.term);
    assert.equal((await visibleCards(page)).length, second.count);
    assert.match(page.url(), /component=.*level=/);
    assert.ok(await page.$eval("[data-chips]", (c) => !c.hidden && c.children.length >= 3), "two chips and a clear chip");
    const address = page.url();
    await page.goBack();
    assert.equal((await visibleCards(page)).length, first.count, "back undoes one step");
    await page.click("[data-chips] .chip.on");
    assert.equal((await visibleCards(page)).length, total, "a chip undoes its value");
    await page.goto(address);
    assert.equal((await visibleCards(page)).length, second.count, "the address alone restores the state");
    assert.deepEqual(problems, []);
    await page.close();
  });

  test("the same from a file, without a server", async () => {
    const { page, problems } = await open(chromium.browser, fileAddress("innovations/index.html"));
    const total = (await visibleCards(page)).length;
    const value = (await values(page, "component")).find((v) => v.count > 0 && v.count < total);
    await pick(page, "component", value.term);
    assert.equal((await visibleCards(page)).length, value.count);
    assert.ok(await page.evaluate(() => document.fonts.ready.then(() => [...document.fonts].some((f) => f.status === "loaded"))), "faces load from a file");
    assert.deepEqual(problems, []);
    await page.close();
  });

  test("from home to an innovation for a small school, component 3, in three clicks", async () => {
    const { page, problems } = await go("index.html");
    await page.click('[data-chooser] [data-field="component"][data-term="assess"], [data-chooser] [data-field="component"]:nth-of-type(1)[data-term*="assess"]');
    assert.match(await page.$eval("[data-chooser-status]", (o) => o.textContent), /\d/, "a live count");
    await Promise.all([page.waitForNavigation(), page.click("[data-chooser-go]")]);
    assert.ok((await visibleCards(page)).length > 0);
    await Promise.all([page.waitForNavigation(), page.$eval("[data-cards] > .card:not([hidden]) a", (a) => a.click())]);
    assert.ok(await page.$(".facts"), "the page carries decision facts");
    assert.deepEqual(problems, []);
    await page.close();
  });

  test("filters open as a sheet on a phone and close with Escape", async () => {
    const { page } = await go("innovations/index.html", { width: 360, height: 740 });
    assert.equal(await page.$eval("[data-facets]", (f) => getComputedStyle(f).display), "none");
    await page.click("[data-filter-open]");
    assert.equal(await page.$eval("[data-facets]", (f) => getComputedStyle(f).position), "fixed");
    await page.keyboard.press("Escape");
    assert.equal(await page.$eval("[data-facets]", (f) => getComputedStyle(f).display), "none");
    assert.equal(await page.evaluate(() => document.activeElement.hasAttribute("data-filter-open")), true, "focus returns");
    await page.close();
  });

  test("menu and theme by keyboard", async () => {
    const { page } = await go("index.html", { width: 360, height: 740 });
    await page.focus("[data-menu]");
    await page.keyboard.press("Enter");
    assert.equal(await page.$eval("#site-nav", (n) => getComputedStyle(n).display), "block");
    await page.keyboard.press("Escape");
    assert.equal(await page.$eval("#site-nav", (n) => getComputedStyle(n).display), "none");
    await page.setViewport({ width: 1280, height: 900 });
    await page.click(".wide-only[data-theme-toggle]");
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark", "the choice stays");
    await page.close();
  });

  test("skip link is the first stop and leads to the content", async () => {
    const { page } = await go("innovations/index.html");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "content");
    await page.close();
  });

  test("language switch leads to a page of the other language and back", { skip: !existsSync(join(site, "en/index.html")) }, async () => {
    const { page } = await go("index.html");
    await Promise.all([page.waitForNavigation(), page.click("a[hreflang=en]")]);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    await Promise.all([page.waitForNavigation(), page.click("a[hreflang=th]")]);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "th");
    await page.close();
  });

  test("nothing is wider than a phone, nothing at 200 % zoom", async () => {
    for (const path of ["index.html", "innovations/index.html", "models/compare.html", "networks/nw-001.html", "syntheses/index.html"]) {
      if (!existsSync(join(site, path))) continue;
      for (const width of [360, 640]) {
        const { page } = await go(path, { width, height: 740 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${path} at ${width} px is ${over} px too wide`);
        await page.close();
      }
    }
  });

  test("no page holds inline scripts, styles or handlers", () => {
    for (const path of ["index.html", "innovations/index.html"]) {
      const html = read(path);
      assert.doesNotMatch(html, /\sstyle=/);
      assert.doesNotMatch(html, /\son[a-z]+=/);
      assert.doesNotMatch(html, /<style/);
    }
  });
});
