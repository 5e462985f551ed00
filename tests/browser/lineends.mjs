// Thai words at the ends of lines (text, cards, tables, lists of terms, labels, buttons), at the widths of a phone and a desk: no line may end inside a word of the program's list, unless both parts are words themselves (เครือ|ข่าย is
// forgiven, อย่างน้อยห|นึ่ง is not). Browsers break Thai by a list of their own, so the check has another one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { fileAddress, launch, open, pages, read, skip } from "./lib.mjs";

const LEAST = 5000;
const UNKNOWN = 22;
const list = gunzipSync(readFileSync(new URL("../../src/text/data/words.txt.gz", import.meta.url))).toString();
const words = new Map(list.split("\n").map((line) => line.split("\t")).filter((l) => l.length === 2).map(([w, c]) => [w, Number(c)]));
const longest = Math.max(...[...words.keys()].map((w) => w.length));

/** The cheapest cut of a Thai run into words and unknown letters: its pieces. */
function cut(run) {
  const best = [{ cost: 0 }];
  for (let end = 1; end <= run.length; end += 1) {
    best[end] = { cost: Infinity };
    for (let start = Math.max(0, end - longest); start < end; start += 1) {
      const piece = run.slice(start, end);
      const price = words.get(piece) ?? (end - start === 1 ? UNKNOWN : Infinity);
      if (best[start].cost + price < best[end].cost) best[end] = { cost: best[start].cost + price, start };
    }
  }
  const pieces = [];
  for (let end = run.length; end > 0; end = best[end].start) pieces.unshift(run.slice(best[end].start, end));
  return pieces;
}

const known = (text) => cut(text).every((piece) => words.has(piece));

/** The word that a line end splits into parts that are no words; empty where it splits none. */
function broken(left, right) {
  const before = /[\u0e01-\u0e4e]*$/.exec(left)[0].slice(-30);
  const after = /^[\u0e01-\u0e4e]*/.exec(right)[0].slice(0, 30);
  let at = 0;
  for (const piece of cut(before + after)) {
    const place = before.length - at;
    if (place > 0 && place < piece.length && words.has(piece) && !(known(piece.slice(0, place)) && known(piece.slice(place)))) return `${piece.slice(0, place)}|${piece.slice(place)}`;
    at += piece.length;
  }
  return "";
}

/** Both sides of every line end between Thai letters, in the page. */
function ends() {
  const found = [];
  for (const d of document.querySelectorAll("main details")) d.open = true;
  const blocks = document.querySelectorAll("main :is(h1, h2, h3, h4, p, th, td, dt, dd, li, summary, .summary, .button, .chip, .label, figcaption, .bar-label), header .brand, footer :is(a, p)");
  const range = document.createRange();
  for (const block of blocks) {
    if (block.querySelector("li, td, dd, p, h2, h3, summary") || block.closest(".hidden-visually")) continue;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let text = "";
    let line = null;
    const cuts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(".hidden-visually, svg")) continue;
      for (let i = 0; i < node.length; i += 1) {
        const letter = node.data[i];
        if (/[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\s]/.test(letter)) { text += letter; continue; }
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const box = range.getClientRects()[0];
        if (!box) { text += letter; continue; }
        if (line && box.top > line.bottom - 2) cuts.push(text.length);
        if (!line || box.top > line.bottom - 2) line = box;
        text += letter;
      }
    }
    for (const at of cuts) if (/[\u0e01-\u0e4e]$/.test(text.slice(0, at)) && /^[\u0e01-\u0e4e]/.test(text.slice(at))) found.push([text.slice(0, at), text.slice(at)]);
  }
  return found;
}

/** Thai pages of every kind and type, evenly chosen. */
function chosen(each) {
  const kinds = new Map();
  for (const path of pages()) {
    const html = read(path);
    if (!/<html lang="th"/.test(html) || path === "404.html") continue;
    const key = /<body class="([^"]*)"/.exec(html)?.[1];
    // A page that only leads on to another has none.
    if (!key) continue;
    if (!kinds.has(key)) kinds.set(key, []);
    kinds.get(key).push(path);
  }
  return [...kinds.values()].flatMap((all) => all.filter((_, i) => i % Math.ceil(all.length / each) === 0));
}

describe("line ends", { skip }, () => {
  let chromium;
  before(async () => { chromium = await launch(); });
  after(async () => { await chromium.close(); });

  test("the check knows a broken word", () => {
    assert.equal(broken("อย่างน้อยห", "นึ่งแห่ง"), "ห|นึ่ง");
    assert.equal(broken("ของเครือ", "ข่าย"), "");
  });

  test("no Thai word is broken", async () => {
    let seen = 0;
    const found = [];
    for (const path of chosen(8)) {
      const { page } = await open(chromium.browser, fileAddress(path), { width: 360, height: 740 });
      for (const width of [360, 1280]) {
        await page.setViewport({ width, height: 740 });
        for (const [left, right] of await page.evaluate(ends)) {
          seen += 1;
          const word = broken(left, right);
          if (word) found.push(`${path} at ${width}: ${word} in “${left.slice(-12)}${right.slice(0, 12)}”`);
        }
      }
      await page.close();
    }
    console.log(`${seen} line ends between Thai letters, ${found.length} in a word`);
    assert.ok(seen >= LEAST, `${seen} line ends`);
    assert.deepEqual(found, []);
  });
});
