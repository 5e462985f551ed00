// Facet browsing, the chooser, language switch, menu and theme, by mouse and by keyboard.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileAddress, launch, open, pages, read, samples, serve, site, skip, visibleCards } from "./lib.mjs";
import { existsSync } from "node:fs";
import { join, posix } from "node:path";

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

  for (const width of [360, 1280]) test(`a small primary school finds a practice for component 3 in three clicks, ${width} px`, async () => {
    const { page, problems } = await go("index.html", { width });
    await page.click('[data-chooser] [data-field="component"][data-term="assess"]');
    assert.match(await page.$eval("[data-chooser-status]", (o) => o.textContent), /\d/, "a live count");
    await Promise.all([page.waitForNavigation(), page.click("[data-chooser-go]")]);
    // The card itself says whom it suits: the reader need not open it to know.
    const suits = '.card:not([hidden])[data-f-suits_size~="small"][data-f-level~="primary"]';
    assert.match(await page.$eval(suits, (card) => card.innerText), /ประถม[^]*เล็ก|เล็ก[^]*ประถม/);
    await Promise.all([page.waitForNavigation(), page.click(`${suits} a`)]);
    for (const part of [".facts", "#problem", "#what", "ol.steps", "#effect, #f-results", "#limits"]) assert.ok(await page.$(part), `the page carries ${part}`);
    assert.ok(await page.$eval('.actions a[href^="#"]', (a) => document.querySelector(decodeURIComponent(a.hash)) !== null), "the way to the first steps is on top");
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

  test("the chooser answers with models too, and hides a kind that knows nothing of a choice", async () => {
    const { page } = await go("index.html");
    const way = (at) => page.$eval(`[data-chooser-go="${at}"]`, (a) => ({ hidden: a.hidden, text: a.textContent, href: a.href }));
    await page.click('[data-chooser] [data-field="suits_size"][data-term="small"]');
    const models = await way(1);
    assert.ok(!models.hidden && /\d/.test(models.text) && /models\/index\.html\?suits_size=small/.test(models.href), JSON.stringify(models));
    await page.click('[data-chooser] [data-field="component"][data-term="assess"]');
    assert.equal((await way(1)).hidden, true, "models have no component");
    await page.click("[data-chooser-clear]");
    await page.goto(models.href);
    assert.equal((await visibleCards(page)).length, Number(/\d+/.exec(models.text)[0]), "the list shows as many as the button said");
    await page.close();
  });

  for (const place of ["server", "file"]) test(`a list in pages is filtered as a whole, from a ${place}`, async () => {
    const address = (path) => (place === "file" ? fileAddress(path) : server.base + path);
    const { page, problems } = await open(chromium.browser, address("schools/index.html"));
    const total = await page.$eval("[data-browse]", (area) => Number(area.dataset.total));
    const first = await visibleCards(page);
    assert.ok(total > first.length, "more entries than the page shows");
    const value = (await values(page, "office_kind")).find((v) => v.count > first.length);
    await pick(page, "office_kind", value.term);
    await page.waitForFunction((n) => document.querySelector("[data-status-line]").textContent.includes(String(n)), {}, value.count);
    let seen = (await visibleCards(page)).length;
    while (await page.$(".more-row:not([hidden]) button")) { await page.click(".more-row button"); seen = (await visibleCards(page)).length; }
    assert.equal(seen, value.count, "the rest follows on demand");
    assert.ok(await page.$eval("[data-cards] > .card:last-child a", (a) => /schools\/.*\.html$/.test(a.href)));
    await page.click("[data-chips] .chip.on");
    await page.waitForFunction((n) => document.querySelectorAll("[data-cards] > .card:not([hidden])").length === n, {}, first.length);
    assert.ok(await page.$eval("[data-paging]", (nav) => !nav.hidden), "the pages are back");
    const last = JSON.parse(read("schools/list.js").replace(/^salaList\(|\);\s*$/g, "")).entries.at(-1)[0];
    await page.type("[data-name-filter]", last);
    await page.waitForFunction((name) => document.querySelector("[data-cards]").textContent.includes(name), {}, last);
    assert.deepEqual(problems, []);
    await page.close();
  });

  test("every shape of page has a way to the other language, and the same page leads back", { skip: !existsSync(join(site, "en/index.html")) }, () => {
    for (const [shape, path] of samples()) {
      if (path === "404.html") continue;
      const found = /<a class="button quiet" href="([^"]+)" hreflang="(th|en)"[^>]*?( title="[^"]+")?>/.exec(read(path));
      assert.ok(found, `${shape} (${path}) has a language switch`);
      const target = posix.normalize(posix.join(posix.dirname(path), decodeURIComponent(found[1])));
      assert.equal(target.startsWith("en/"), found[2] === "en", path);
      if (found[3]) continue;
      assert.ok(read(target).includes(`href="${posix.relative(posix.dirname(target), path)}" hreflang`), `${target} leads back to ${path}`);
    }
  });

  test("English readers browse, filter and compare in English", { skip: !existsSync(join(site, "en/index.html")) }, async () => {
    const { page, problems } = await go("en/index.html");
    const english = () => page.evaluate(() => document.documentElement.lang);
    await Promise.all([page.waitForNavigation(), page.click(".tabs a")]);
    const value = (await values(page, "level"))[0];
    await pick(page, "level", value.term);
    assert.equal((await visibleCards(page)).length, value.count);
    for (const path of ["en/search.html", "en/compare.html", "en/browse/index.html", "en/innovations/compare.html", `en/innovations/by/level/${value.term}.html`]) {
      await page.goto(server.base + path);
      assert.equal(await english(), "en", path);
      assert.doesNotMatch(await page.$eval("h1", (h) => h.textContent), /[ก-๛]/, path);
    }
    await page.goto(`${server.base}en/index.html`);
    const other = await page.$$eval('main a[hreflang="th"]:not(.map a)', (links) => links.map((a) => getComputedStyle(a, "::after").content));
    assert.ok(other.length > 0 && other.every((mark) => mark.includes("hreflang") || mark.includes("(th)")), "ways to Thai pages say so");
    assert.deepEqual(problems, []);
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
    for (const path of samples().values()) {
      for (const width of [360, 640]) {
        const { page } = await go(path, { width, height: 740 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${path} at ${width} px is ${over} px too wide`);
        await page.close();
      }
    }
  });

  test("controls are 44 px high on a phone", async () => {
    const controls = ".button, .chip, summary, .tabs a, .site-footer .plain a, .index-list a, .term-index a, .pages a, .letters a, .pick, .facet label, .facet a, .toc a, input[type=search]";
    for (const [shape, path] of samples()) {
      const { page } = await go(path, { width: 360, height: 740 });
      const low = await page.$$eval(controls, (nodes) => nodes.map((n) => [n.className || n.tagName, Math.round(n.getBoundingClientRect().height), n.textContent.trim().slice(0, 20)]).filter(([, h]) => h > 0 && h < 44));
      assert.deepEqual(low.slice(0, 3), [], `${shape} (${path})`);
      await page.close();
    }
  });

  test("the header of a phone is no higher than three small lines of the name", async () => {
    for (const path of ["index.html", "en/index.html"]) {
      const { page } = await go(path, { width: 360, height: 740 });
      assert.ok(await page.$eval(".site-header", (h) => h.getBoundingClientRect().height) <= 64, path);
      assert.equal(await page.$eval(".site-header a[hreflang]", (a) => a.textContent.trim().length > 2 || a.lang === "th"), true, "the link is named by its language");
      await page.close();
    }
  });

  test("tables of many columns, counts in a grid and blanks do not scroll sideways on a phone", async () => {
    const wide = /class="(?:table-wrap stack|blank|matrix tight)"/;
    const found = new Set();
    for (const path of pages().filter((p) => wide.test(read(p))).slice(0, 24)) {
      const { page } = await go(path, { width: 360, height: 740 });
      const boxes = await page.evaluate(() => {
        for (const d of document.querySelectorAll("main details:not(.cell)")) d.open = true;
        const all = document.querySelectorAll(".table-wrap.stack, .scroll:has(.blank, .matrix.tight)");
        return [...all].map((e) => [e.querySelector("table").className, e.scrollWidth - e.clientWidth]);
      });
      for (const [name, over] of boxes) {
        found.add(name);
        assert.ok(over <= 1, `${path}: ${name} is ${over} px wider than its box`);
      }
      await page.close();
    }
    for (const name of ["lines", "blank", "matrix tight"]) assert.ok(found.has(name), `a table of ${name} was looked at`);
  });

  test("the index of topics is short on a phone: each opens by its name", async () => {
    const { page } = await go("browse/index.html", { width: 360, height: 740 });
    const [high, names, open] = await page.evaluate(() => [
      document.documentElement.scrollHeight,
      document.querySelectorAll("details > summary h2[id]").length,
      document.querySelectorAll("main details[open]").length,
    ]);
    assert.ok(names > 9 && open === 0, `${names} topics, ${open} open`);
    assert.ok(high < 100 + names * 80 + 700, `${high} px`);
    await page.close();
    const { page: named } = await go(`browse/index.html#${/id="(v-[\w-]+)"/.exec(read("browse/index.html"))[1]}`, { width: 360, height: 740 });
    assert.equal(await named.$$eval("main details[open]", (all) => all.length), 1, "an address opens its topic");
    await named.close();
  });

  test("one fact alone has its whole name over it", async () => {
    const path = pages().find((p) => /<dl class="facts">(?:(?!<dt|<\/dl>)[^])*<dt>(?:(?!<dt>)[^])*?<\/dl>/.test(read(p)));
    assert.ok(path, "a page with one fact");
    const { page } = await go(path, { width: 360, height: 740 });
    const [name, value] = await page.$$eval(".facts > :only-child > *", (parts) => parts.map((p) => p.getBoundingClientRect().toJSON()));
    assert.ok(value.top >= name.bottom - 1 && name.height < 2 * 24, path);
    await page.close();
  });

  test("a search that finds nothing leaves no empty column", async () => {
    const { page } = await go("search.html?q=zzqxwvzzqx", { width: 1280 });
    await page.waitForSelector(".search-empty");
    const left = (selector) => page.$eval(selector, (e) => e.getBoundingClientRect().left);
    const [box, ...parts] = await Promise.all([".search-empty", ".search-status", ".search-note"].map(left));
    for (const part of parts) assert.ok(Math.abs(box - part) < 2, `${box} ${part}`);
    await page.close();
  });

  test("no state of the address breaks a list or a comparison", async () => {
    const bad = ["component=%E0%A4%A", "component=nope&__proto__=x", "q=%3Cscript%3E", "ids=%E0%A4%A", "ids=nope,nope", "ids=__proto__"];
    for (const path of ["innovations/index.html", "schools/index.html", "innovations/compare.html", "compare.html"]) {
      for (const query of bad) {
        const { page, problems } = await go(`${path}?${query}`);
        assert.deepEqual(problems, [], `${path}?${query}`);
        assert.equal(await page.$$eval("main script:not([type])", (s) => s.length), 0);
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
