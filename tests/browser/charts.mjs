// Charts, maps and diagrams at the widths of readers: none is wider than its box, no text of a drawing leaves it, no part
// of a bar leaves its track; colours hold in the dark.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileAddress, launch, open, pages, read, skip } from "./lib.mjs";

const WIDTHS = [320, 360, 768, 1280];
const drawn = /class="(?:chart|tiles|flow|locator|time|matrix shares)\b/;

/** At most twelve pages of each kind and language that hold a drawing. */
function withDrawings() {
  const found = new Map();
  for (const path of pages()) {
    const html = read(path);
    if (!drawn.test(html)) continue;
    const key = `${/<html lang="(\w+)/.exec(html)?.[1]} ${/<body class="([^"]*)"/.exec(html)?.[1]}`;
    const list = found.get(key) ?? [];
    if (list.length < 12) list.push(path);
    found.set(key, list);
  }
  return [...found.values()].flat();
}

/** What stands outside its box, in the page. */
function outside() {
  const bad = [];
  const near = (inner, outer) => inner.left >= outer.left - 1.5 && inner.right <= outer.right + 1.5;
  for (const d of document.querySelectorAll("main details")) d.open = true;
  for (const box of document.querySelectorAll(".chart, .tiles, svg.flow, .locator, .time")) {
    const rect = box.getBoundingClientRect();
    const parent = box.parentElement.getBoundingClientRect();
    if (rect.width > 0 && !near(rect, parent)) bad.push(`${box.getAttribute("class")}: ${Math.round(rect.width)} in ${Math.round(parent.width)}`);
    if (rect.right > document.documentElement.clientWidth + 1) bad.push(`${box.getAttribute("class")} leaves the page`);
  }
  for (const svg of document.querySelectorAll("main svg")) {
    const rect = svg.getBoundingClientRect();
    for (const text of svg.querySelectorAll("text")) {
      if (!near(text.getBoundingClientRect(), rect)) bad.push(`text “${text.textContent}” leaves its drawing`);
    }
  }
  // Shares of up to three years are read without moving the table; below 360 px it may scroll.
  for (const table of document.querySelectorAll(".matrix.shares")) {
    const box = table.parentElement;
    if (innerWidth >= 360 && table.rows[0].cells.length <= 4 && box.scrollWidth > box.clientWidth + 1) bad.push(`shares: ${box.scrollWidth} in ${box.clientWidth}`);
  }
  for (const track of document.querySelectorAll(".track")) {
    const rect = track.getBoundingClientRect();
    for (const part of track.querySelectorAll("rect")) if (!near(part.getBoundingClientRect(), rect)) bad.push("a bar leaves its track");
  }
  for (const text of document.querySelectorAll(".bar-label, .bar-value, .axis-x, .chart .links li, .tiles li")) {
    if (text.scrollWidth > text.clientWidth + 1 && text.clientWidth > 0) bad.push(`text cut: ${text.textContent.trim().slice(0, 40)}`);
  }
  return bad;
}

describe("charts", { skip }, () => {
  let chromium;
  before(async () => { chromium = await launch(); });
  after(async () => { await chromium.close(); });

  for (const width of WIDTHS) {
    test(`everything drawn stands in its box at ${width} px`, async () => {
      const found = [];
      const all = withDrawings();
      assert.ok(all.length > 5, `${all.length} pages with drawings`);
      for (const path of all) {
        const { page } = await open(chromium.browser, fileAddress(path), { width, height: 900 });
        for (const bad of await page.evaluate(outside)) found.push(`${path}: ${bad}`);
        await page.close();
      }
      assert.deepEqual(found, []);
    });
  }

  test("bars of one chart are as long as their numbers", async () => {
    let checked = 0;
    for (const path of withDrawings().filter((p) => /class="bars"/.test(read(p))).slice(0, 20)) {
      const { page } = await open(chromium.browser, fileAddress(path), { width: 360, height: 900 });
      const charts = await page.$$eval(".chart", (list) => list.map((chart) => [...chart.querySelectorAll(".bars > li")].map((row) => ({
        number: Number(row.querySelector(".bar-value b").textContent.replaceAll(",", "")),
        length: row.querySelector(".track .value").getBoundingClientRect().width / row.querySelector(".track").getBoundingClientRect().width,
      }))));
      for (const rows of charts) {
        const scale = rows.find((r) => r.number > 0);
        for (const row of rows.filter((r) => r.length > 0)) {
          assert.ok(Math.abs(row.length / row.number - scale.length / scale.number) < 0.02 * (scale.length / scale.number), `${path}: ${JSON.stringify(rows)}`);
          checked += 1;
        }
      }
      await page.close();
    }
    assert.ok(checked > 10, `${checked} bars`);
  });

  test("every chart can be saved as a picture with the same bars", async () => {
    let checked = 0;
    for (const path of withDrawings().filter((p) => /class="bars"/.test(read(p))).slice(0, 20)) {
      const { page } = await open(chromium.browser, fileAddress(path), { width: 360, height: 900 });
      const found = await page.$$eval(".charts", (list) => list.map((box) => {
        const link = box.querySelector('a[download$=".svg"]');
        const made = new DOMParser().parseFromString(decodeURIComponent(link.href.slice(link.href.indexOf(",") + 1)), "image/svg+xml");
        const share = (bar) => Math.round(bar / 672 * 100);
        const drawn = [...made.querySelectorAll("rect.value[height='8'], rect.value[height='12']")].map((r) => share(Number(r.getAttribute("width"))));
        const shown = [...box.querySelectorAll(".track .value")].map((r) => Math.round(parseFloat(r.getAttribute("width"))));
        return { broken: made.querySelectorAll("parsererror").length, drawn, shown };
      }));
      for (const { broken, drawn, shown } of found) {
        assert.equal(broken, 0, path);
        assert.equal(drawn.length, shown.length, path);
        assert.ok(drawn.every((share, i) => Math.abs(share - shown[i]) <= 1), `${path}: ${drawn} for ${shown}`);
        checked += 1;
      }
      await page.close();
    }
    assert.ok(checked > 5, `${checked} pictures`);
  });

  test("a chart is saved as PNG too, drawn in the page, from files as well", async () => {
    const path = withDrawings().find((p) => /data-png=/.test(read(p)));
    const { page, problems } = await open(chromium.browser, fileAddress(path), { width: 360, height: 900 });
    for (const d of await page.$$("main details")) await d.evaluate((e) => { e.open = true; });
    const saved = await page.evaluate(() => new Promise((done) => {
      const click = HTMLAnchorElement.prototype.click;
      HTMLAnchorElement.prototype.click = async function () {
        HTMLAnchorElement.prototype.click = click;
        const bytes = new Uint8Array(await (await new Response(await window.taken)).arrayBuffer());
        const view = new DataView(bytes.buffer);
        done({ name: this.download, head: Array.from(bytes.slice(1, 4), (b) => String.fromCharCode(b)).join(""), width: view.getUint32(16), height: view.getUint32(20) });
      };
      const make = URL.createObjectURL;
      URL.createObjectURL = (file) => { window.taken = file; return make.call(URL, file); };
      document.querySelector("a[data-png] ~ button").click();
    }));
    assert.equal(saved.head, "PNG");
    assert.match(saved.name, /\.png$/);
    assert.ok(saved.width === 1440 && saved.height > 200, JSON.stringify(saved));
    assert.deepEqual(problems, []);
    await page.close();
    const without = await open(chromium.browser, fileAddress(path), { width: 360, height: 900, js: false });
    assert.equal((await without.page.$$(".chart-foot button")).length, 0);
    await without.page.close();
  });

  test("in the dark, bars differ from their ground", async () => {
    const path = withDrawings().find((p) => /class="bars"/.test(read(p)));
    const { page } = await open(chromium.browser, fileAddress(path), { width: 360, height: 900, scheme: "dark" });
    const [value, ground] = await page.$eval(".track", (t) => [".value", ".ground"].map((s) => getComputedStyle(t.querySelector(s)).fill));
    assert.notEqual(value, ground);
    await page.close();
  });
});
