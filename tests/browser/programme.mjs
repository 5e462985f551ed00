// tests/programme.toml in Chromium: every row that has a page is clicked from the home page, and what it says is on the page.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";
import { parse } from "smol-toml";
import { launch, open, read, serve, site, skip } from "./lib.mjs";

const table = join(dirname(fileURLToPath(import.meta.url)), "../programme.toml");
/** A portal without samples is asked for the rows that stand on none. */
const samples = process.env.SALA_SAMPLES !== "none";
const rows = parse(readFileSync(table, "utf8")).row.filter((row) => row.page && !row.open && (samples || !row.sample));

/** The shortest way by links from the home page to every page. */
const ways = new Map([["index.html", []]]);
if (!skip) {
  const queue = ["index.html"];
  while (queue.length) {
    const page = queue.shift();
    for (const [, raw] of read(page).matchAll(/<a\s[^>]*?href="([^"#?]+)[^"]*"/g)) {
      if (/^[a-z]+:/.test(raw)) continue;
      const next = normalize(join(dirname(page), decodeURIComponent(raw)));
      if (next.startsWith("en/") || !next.endsWith(".html") || ways.has(next) || !existsSync(join(site, next))) continue;
      ways.set(next, [...ways.get(page), next]);
      queue.push(next);
    }
  }
}

describe("the programme, row by row", { skip }, () => {
  let chromium, server;
  before(async () => { chromium = await launch(); server = await serve(); });
  after(async () => { await chromium.close(); server.close(); });

  /** Clicks the link of the page that leads to an address of the site; folded lists are opened first. */
  const click = async (page, path) => {
    const there = await page.evaluate((address) => {
      for (const box of document.querySelectorAll("details")) box.open = true;
      const link = [...document.querySelectorAll("a[href]")].find((a) => a.href.split(/[?#]/)[0] === address);
      link?.setAttribute("data-walk", "");
      return Boolean(link);
    }, server.base + path);
    assert.ok(there, `${page.url()} has no link to ${path}`);
    await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.$eval("[data-walk]", (a) => a.click())]);
  };

  for (const row of rows) {
    test(`${row.no} ${row.item}`, async () => {
      const { page, problems } = await open(chromium.browser, `${server.base}index.html`);
      assert.ok(ways.has(row.page), `no way leads to ${row.page}`);
      for (const path of ways.get(row.page)) await click(page, path);
      if (row.file) {
        const found = await page.evaluate((address) => [...document.querySelectorAll("a[href]")].some((a) => a.href === address), server.base + row.file);
        assert.ok(found, `${page.url()} has no link to ${row.file}`);
        const got = await page.evaluate(async (address) => (await (await fetch(address)).arrayBuffer()).byteLength, server.base + row.file);
        assert.ok(got > 100, `${row.file} has ${got} bytes`);
      }
      const shown = (await page.$eval("main", (main) => main.textContent)).replace(/\u200b/g, "").replace(/\s+/g, " ");
      for (const text of row.text ?? []) assert.ok(shown.includes(text), `“${text}” is not on ${page.url()}`);
      assert.deepEqual(problems, []);
      await page.close();
    });
  }

  test("what a school found with form 8 is matched in the browser, the best first", { skip: samples ? false : "the portal has no innovations yet" }, async () => {
    const { page, problems } = await open(chromium.browser, `${server.base}match-form-8.html`, { width: 360, height: 740 });
    const press = (name) => page.$$eval("[data-match] .chip", (chips, n) => chips.find((c) => c.textContent === n).click(), name);
    for (const name of ["จำนวนครูไม่พอ", "ห่างไกลและทุรกันดาร", "การอ่านและการเขียน"]) await press(name);
    const shares = await page.$$eval("[data-match-result] small", (all) => all.map((s) => Number(/\d+/.exec(s.textContent)[0])));
    assert.ok(shares.length > 2 && shares[0] > 1, String(shares));
    assert.deepEqual(shares, [...shares].sort((a, b) => b - a));
    await press("จำนวนครูไม่พอ");
    assert.ok((await page.$$("[data-match-result] li")).length < shares.length);
    assert.deepEqual(problems, []);
    await page.close();
  });
});
