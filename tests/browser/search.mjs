// Search in Chromium, from a loopback server under a sub-path and from file://.
// Runs on the built portal (SALA_SITE), or, when SALA_SEARCH_DEMO names the
// output of the search measurement (tests/suite/search_bench.rs), on pages made for it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { launch, open, site as built, skip as unbuilt } from "./lib.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const demo = process.env.SALA_SEARCH_DEMO ? resolve(process.env.SALA_SEARCH_DEMO) : null;
const site = demo ?? built;
const skip = demo ? false : unbuilt;
const PREFIX = "/some/sub-path/";
const other = demo ? "sub/page.html" : ["about.html", "index.html"].find((p) => existsSync(join(built, p)));

if (demo) {
  const router = readdirSync(join(demo, "search")).filter((f) => f.startsWith("router-")).sort().pop();
  mkdirSync(join(demo, "sub"), { recursive: true });
  for (const f of ["search.js", "page.js", "search.css"]) copyFileSync(join(here, "../../themes/default/static/search", f), join(demo, f));
  const page = (root, content) => `<!doctype html><html lang="th"><meta charset="utf-8"><title>ค้นหา</title><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'"><link rel="stylesheet" href="${root}search.css"><link rel="icon" href="data:,"><script src="${root}search.js" defer></script><script src="${root}page.js" defer></script><body data-root="${root}" data-search-router="${root}search/${router}"><main>${content}</main></body></html>`;
  writeFileSync(join(demo, "search.html"), page("", '<h1>ค้นหา</h1><form class="searchbox" role="search" data-search-form data-search-main><input type="search" name="q" aria-label="ค้นหา"><button>ค้นหา</button></form><div data-search-results></div>'));
  writeFileSync(join(demo, "sub/page.html"), page("../", '<h1>หน้า</h1><form class="searchbox" role="search" data-search-form data-search-page="../search.html"><input type="search" name="q" aria-label="ค้นหา"><button>ค้นหา</button></form>'));
}

// A server under a sub-path that counts bytes.
function serve() {
  const state = { bytes: {} };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = join(site, path.slice(PREFIX.length));
    if (!path.startsWith(PREFIX) || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(path.endsWith("favicon.ico") ? 204 : 404, { "content-type": "text/html" });
      return response.end("");
    }
    const body = gzipSync(readFileSync(file));
    if (/search[^/]*\.js$|\/search\//.test(path) && path.endsWith(".js")) state.bytes[path] = body.length;
    const type = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" }[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-encoding": "gzip", "cache-control": "no-store" });
    response.end(body);
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done({ state, base: `http://127.0.0.1:${server.address().port}${PREFIX}`, close: () => server.close() })));
}

const file = (path) => { const [name, query] = path.split("?"); return pathToFileURL(join(site, name)).href + (name ? "" : "/") + (query ? `?${query}` : ""); };
const stands = (page, count = 1) => page.waitForFunction((n) => document.querySelectorAll(".search-hit").length >= n, { timeout: 20000 }, count);
const status = (page) => page.$eval(".search-status", (e) => e.textContent);
const settled = (page) => page.waitForFunction(() => /\S/.test(document.querySelector(".search-status").textContent) && !/…$/.test(document.querySelector(".search-status").textContent));
const QUERY = encodeURIComponent("การประเมิน");
const WAYS = (server) => [["loopback under a sub-path", (p) => server().base + p], ["file://", file]];

// Breaks the files whose address matches, in one of several ways.
async function breakFiles(page, broken) {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const url = request.url();
    if (!broken.match?.test(url)) return request.continue();
    if (broken.how === "blocked") return request.abort();
    if (broken.how === "missing") return url.startsWith("file:") ? request.abort() : request.respond({ status: 404, contentType: "text/html", body: "<h1>not found</h1>" });
    const path = url.startsWith("file:") ? fileURLToPath(url.split("?")[0]) : join(site, decodeURIComponent(new URL(url).pathname).slice(PREFIX.length));
    const text = readFileSync(path, "utf8");
    const body = broken.how === "truncated" ? text.slice(0, text.length >> 1) : text.replace(/take\("\w+"/, 'take("0000000000"');
    return request.respond({ status: 200, contentType: "text/javascript", body });
  });
}

describe("search", { skip }, () => {
  let chromium, server;
  before(async () => { chromium = await launch(); server = await serve(); });
  after(async () => { await chromium.close(); server.close(); });

  for (const [name, address] of WAYS(() => server)) {
    test(`${name}: the query in the address gives marked hits, counts and no trouble`, async () => {
      const { page, problems } = await open(chromium.browser, address(`search.html?q=${QUERY}`));
      await stands(page, 2);
      assert.match(await status(page), /\d/);
      assert.ok((await page.$$(".search-hit mark")).length > 0, "marks");
      assert.ok((await page.$$(".search-facet .count")).length > 0, "facet counts");
      const links = await page.$$eval(".search-hit h2 a", (a) => a.map((x) => x.href));
      assert.ok(links.every((l) => l.startsWith(address("").replace(/[^/]*$/, ""))), links[0]);
      assert.deepEqual(problems, []);
      await page.close();
    });

    test(`${name}: facets narrow, the address follows, undo and back restore`, async () => {
      const { page, problems } = await open(chromium.browser, address("search.html"));
      await stands(page, 2);
      const before = await status(page);
      await page.$eval(".search-facets", (d) => { d.open = true; });
      await page.$eval(".search-facet input", (box) => box.click());
      await page.waitForSelector(".search-chip");
      assert.notEqual(await status(page), before);
      assert.match(decodeURIComponent(page.url()), /[?&#](\?)?(kind|facet\.[\w-]+)=/);
      const again = await open(chromium.browser, page.url());
      await again.page.waitForSelector(".search-chip");
      assert.equal(await status(again.page), await status(page), "the address alone gives the same");
      await again.page.close();
      await page.click(".search-chip");
      await page.waitForFunction((t) => document.querySelector(".search-status").textContent === t, {}, before);
      await page.goBack();
      await page.waitForSelector(".search-chip");
      assert.deepEqual(problems, []);
      await page.close();
    });

    test(`${name}: suggestions by keyboard`, async () => {
      const { page, problems } = await open(chromium.browser, address(other));
      // Suggestions are loaded when a reader goes to the field.
      await page.focus("[data-search-form] input[name=q]");
      await page.waitForSelector("[role=combobox]");
      await page.focus("[role=combobox]");
      await page.type("[role=combobox]", "โรงเรียน", { delay: 20 });
      await page.waitForFunction(() => document.querySelectorAll("[role=option]").length > 1, { timeout: 20000 });
      assert.equal(await page.$eval("[role=combobox]", (i) => i.getAttribute("aria-expanded")), "true");
      // The list of the last letter has come: nothing replaces it under the key.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await page.keyboard.press("ArrowDown");
      const active = await page.$eval("[role=combobox]", (i) => i.getAttribute("aria-activedescendant"));
      assert.equal(await page.$eval(`#${active}`, (o) => o.getAttribute("aria-selected")), "true");
      assert.match(await page.$eval("[role=combobox] ~ [role=status], form [role=status]", (s) => s.textContent), /\d/);
      await page.keyboard.press("Escape");
      assert.equal(await page.$eval("[role=combobox]", (i) => i.getAttribute("aria-expanded")), "false");
      assert.deepEqual(problems, []);
      await page.close();
    });
  }

  for (const [name, address] of WAYS(() => server)) {
    test(`${name}: hostile queries do no harm`, async () => {
      const long = await open(chromium.browser, address("search.html"));
      await stands(long.page, 2);
      const all = await status(long.page);
      await long.page.$eval("input[name=q]", (i) => { i.value = "กข".repeat(1000); i.form.requestSubmit(); });
      await long.page.waitForFunction((t) => document.querySelector(".search-status").textContent !== t, {}, all);
      assert.ok(long.page.url().length < 6000);
      assert.deepEqual(long.problems, []);
      await long.page.close();
      for (const text of ["\u0001\u0002\u0003", "<img src=x onerror=alert(1)>", "%", "&q=x#y", "'\"><script>alert(1)</script>", "ก", "โร", "1"]) {
        const { page, problems } = await open(chromium.browser, address(`search.html?q=${encodeURIComponent(text)}`));
        await settled(page);
        assert.equal(await page.$eval("input[name=q]", (i) => i.value.length > 0), true);
        assert.equal((await page.$$("main img[src=x], main script")).length, 0);
        if (/^[ก-๙]/.test(text)) assert.ok((await page.$$(".search-hit")).length > 0, text);
        assert.deepEqual(problems, []);
        await page.close();
      }
      const { page, problems } = await open(chromium.browser, address("search.html?q=%E0%A4%A&kind=<b>&facet.x=y"));
      await page.waitForFunction(() => /\S/.test(document.querySelector(".search-status").textContent));
      assert.deepEqual(problems, []);
      await page.close();
    });

    for (const how of ["missing", "truncated", "blocked", "of another version"]) {
      for (const [what, match] of [["shard", /\/t\d+\.js/], ["words", /\/w\d+\.js/], ["router", /\/router[-.]/], ["fragment", /\/f\d+\.js/], ["facet", /\/x\d+\.js/]]) {
        // A router of another version is a whole one; a missing file is a blocked one from file://.
        if ((how === "of another version" && what === "router") || (how === "blocked" && name === "file://")) continue;
        test(`${name}: a ${what} that is ${how}: a message, no results, and a retry that works`, async () => {
          const broken = { how, match };
          const { page } = await open(chromium.browser, "about:blank");
          await breakFiles(page, broken);
          await page.goto(address(`search.html?q=${QUERY}`));
          await page.waitForSelector(".search-error button", { timeout: 25000 });
          assert.equal((await page.$$(".search-hit")).length, 0, "nothing wrong is shown");
          assert.equal(await page.$eval(".search-error", (e) => e.getAttribute("role")), "alert");
          broken.match = null;
          await page.click(".search-error button");
          await stands(page, 2);
          assert.equal((await page.$$(".search-error")).length, 0);
          await page.close();
        });
      }
    }

    test(`${name}: without hits, what to do stands right below the field`, { skip: demo ? "pages of the portal" : false }, async () => {
      const { page, problems } = await open(chromium.browser, address(`search.html?q=${encodeURIComponent("ฆฌฎฐฑ ฒณฬฮฅ")}`), { width: 360, height: 740 });
      await settled(page);
      const seen = await page.evaluate(() => {
        const below = (selector) => Math.round(document.querySelector(selector).getBoundingClientRect().top - document.querySelector("[data-search-main]").getBoundingClientRect().bottom);
        return { hits: document.querySelectorAll(".search-hit").length, note: below(".search-note p"), index: below(".search-note .index-list a"), text: document.querySelector(".search-note").textContent };
      });
      assert.equal(seen.hits, 0);
      assert.ok(seen.note < 140 && seen.index > 0 && seen.index < 300, JSON.stringify({ ...seen, text: "" }));
      assert.doesNotMatch(seen.text, /undefined/);
      const words = await page.$$eval(".search-note .search-suggestion", (list) => list.map((b) => b.textContent));
      assert.deepEqual(words, ["ฆฌฎฐฑ", "ฒณฬฮฅ"]);
      assert.deepEqual(problems, []);
      await page.close();
    });

    test(`${name}: the other keyboard layout, a nearer spelling, close results`, async () => {
      const { page, problems } = await open(chromium.browser, address(`search.html?q=${encodeURIComponent("Fi'giupo")}`));
      await stands(page, 1);
      assert.match(await page.$eval(".search-note", (n) => n.textContent), /โรงเรียน/);
      await page.goto(address(`search.html?q=${encodeURIComponent("การประเมน")}`));
      await stands(page, 1);
      const exact = await page.$eval(".search-suggestion", (b) => b.textContent);
      assert.equal(exact, "การประเมิน");
      const near = await status(page);
      await page.click(".search-suggestion");
      await page.waitForFunction((t) => document.querySelector(".search-status").textContent !== t, {}, near);
      assert.equal(await page.$eval("input[name=q]", (i) => i.value), exact);
      assert.deepEqual(problems, []);
      await page.close();
    });

    test(`${name}: typing, order by year, and the state in the address`, async () => {
      const { page, problems } = await open(chromium.browser, address("search.html"));
      await stands(page, 2);
      const all = await status(page);
      await page.type("input[name=q]", "เครือข่าย", { delay: 15 });
      await page.waitForFunction((t) => document.querySelector(".search-status").textContent !== t, {}, all);
      await page.waitForFunction(() => decodeURIComponent(location.href).includes("q=เครือข่าย"));
      const typed = await status(page);
      await page.select(".search-tools select", "year");
      await page.waitForFunction(() => location.href.includes("sort=year"));
      await page.waitForFunction(() => document.querySelectorAll(".search-hit").length > 1);
      assert.equal(await status(page), typed, "the order changes no count");
      const years = await page.$$eval(".search-hit .search-meta", (m) => m.map((x) => Number((x.textContent.match(/25\d\d/) || [0])[0])));
      assert.deepEqual(years, [...years].sort((a, b) => b - a));
      const again = await open(chromium.browser, page.url());
      await stands(again.page, 2);
      assert.equal(await status(again.page), typed);
      assert.equal(await again.page.$eval(".search-tools select", (e) => e.value), "year");
      await again.page.close();
      assert.deepEqual(problems, []);
      await page.close();
    });
  }

  for (const width of [360, 1280]) {
    test(`the first results shift nothing at ${width} px`, async () => {
      const { page } = await open(chromium.browser, `${server.base}search.html`, { width });
      await page.evaluateOnNewDocument(() => {
        window.shifted = 0;
        const add = (list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; });
        new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
      });
      for (const query of [QUERY, encodeURIComponent("ยาเสพติด")]) {
        await page.goto(`${server.base}search.html?q=${query}`, { waitUntil: "load" });
        await settled(page);
        await new Promise((done) => setTimeout(done, 300));
        const shifted = await page.evaluate(() => window.shifted);
        assert.ok(shifted <= 0.02, `${decodeURIComponent(query)}: CLS ${shifted}`);
      }
      await page.close();
    });
  }

  test("bytes until five excerpts stand, milliseconds per keystroke", async () => {
    server.state.bytes = {};
    const { page, problems } = await open(chromium.browser, `${server.base}search.html?q=${QUERY}`);
    await stands(page, 5);
    const bytes = Object.values(server.state.bytes).reduce((a, b) => a + b, 0);
    console.log(`    ${Object.keys(server.state.bytes).length} requests, ${bytes} bytes gzip`);
    const times = await page.evaluate(async (words) => {
      const S = window.SalaSearch, site = S.site, out = [];
      const folder = document.body.getAttribute("data-search-router").replace(/[^/]*$/, "");
      const load = (name) => new Promise((done) => {
        if (site.files[name] !== undefined) return done();
        const s = document.createElement("script");
        s.onload = s.onerror = done;
        s.src = folder + S.path(site, name);
        document.head.append(s);
      });
      for (const pass of [0, 1, 2, 3]) for (const word of words) for (let i = 1; i <= word.length; i++) {
        let spent = 0, start = performance.now();
        await new Promise((done) => {
          const need = (names, then) => {
            spent += performance.now() - start;
            Promise.all(names.map(load)).then(() => { start = performance.now(); then(null); });
          };
          S.query(site, { text: word.slice(0, i), facets: {}, sort: "", counts: site.facets.slice(0, 2).map((f) => f[0]) }, need, (e, answer) => S.fragments(site, answer.order.slice(0, 5), need, (e2, list) => {
            const needles = S.needles(answer.words);
            list.forEach((f) => S.hit(f, needles));
            if (!answer.exact) S.suggest(answer.text, list.slice(0, 3));
            spent += performance.now() - start;
            done();
          }));
        });
        if (pass) out.push(spent);
      }
      return out.sort((a, b) => a - b);
    }, ["การประเมิน", "โรงเรียน", "นวัตกรรม", "คุณภาพผู้เรียน"]);
    const p95 = times[Math.floor(times.length * 0.95)];
    console.log(`    ${site.split("/").pop()}: keystroke median ${times[times.length >> 1].toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
    assert.deepEqual(problems, []);
    await page.close();
  });
});
