// What readers set for themselves: wider text (WCAG 1.4.12) and the colours of their system (forced colours). One page of
// every shape, on a phone and on a desk: nothing is cut, nothing stands over something else, drawings keep their parts.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileAddress, launch, open, read, samples, skip } from "./lib.mjs";

const WIDTHS = [360, 1280];
const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }`;

/** What is cut or stands over something else, in the page. */
function faults() {
  const bad = [];
  const told = (e) => `<${e.localName} class="${e.getAttribute("class") ?? ""}"> ${e.textContent.trim().replace(/\s+/g, " ").slice(0, 50)}`;
  for (const d of document.querySelectorAll("main details")) d.open = true;
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 1) bad.push(`the page is ${wide} px too wide`);
  for (const e of document.querySelectorAll("body *")) {
    if (e.closest(".hidden-visually, svg, [hidden], script, style") || !e.getClientRects().length || !e.checkVisibility() || !e.textContent.trim()) continue;
    const style = getComputedStyle(e);
    if (style.clipPath !== "none" || style.position === "absolute" && e.clientWidth <= 1) continue;
    const hides = (axis) => /hidden|clip/.test(axis);
    const across = hides(style.overflowX) && e.scrollWidth > e.clientWidth + 2;
    const down = hides(style.overflowY) && e.scrollHeight > e.clientHeight + 4;
    if (across || down) bad.push(`cut: ${told(e)}`);
    // A box of its own height from which its text runs out.
    if (!hides(style.overflowX) && style.overflowX === "visible" && /flex|grid|block/.test(style.display) && e.scrollWidth > e.clientWidth + 3
      && e.clientWidth > 0 && !e.closest(".scroll, .table-wrap, .figure-box, pre, math")) {
      const over = [...e.children].every((c) => c.scrollWidth <= c.clientWidth + 3 || !c.textContent.trim());
      if (over) bad.push(`runs out: ${told(e)} ${e.scrollWidth} in ${e.clientWidth}`);
    }
  }
  // Lines of text of different blocks; letters are lower than their boxes, so a part of the height may touch.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("svg, script, style, .hidden-visually, .skip, [hidden]")) continue;
    let block = parent;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    if (!parent.checkVisibility()) continue;
    let clipped = parent;
    while (clipped && getComputedStyle(clipped).clipPath === "none") clipped = clipped.parentElement;
    if (clipped || parent.closest(".compare-bar")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // What a box that scrolls does not show stands over nothing.
    let port = parent;
    while (port && getComputedStyle(port).overflowY === "visible") port = port.parentElement;
    const shown = port && port !== document.body ? port.getBoundingClientRect() : null;
    const seen = (r) => !shown || r.top < shown.bottom - 2 && r.bottom > shown.top + 2 && r.left < shown.right - 2 && r.right > shown.left + 2;
    for (const r of range.getClientRects()) if (seen(r) && r.width > 2 && r.height > 2) lines.push({ r, block, text: node.data.trim().slice(0, 30) });
  }
  lines.sort((a, b) => a.r.top - b.r.top);
  for (let i = 0; i < lines.length; i += 1) {
    for (let j = i + 1; j < lines.length && lines[j].r.top < lines[i].r.bottom; j += 1) {
      const [a, b] = [lines[i], lines[j]];
      if (a.block === b.block || a.block.contains(b.block) || b.block.contains(a.block)) continue;
      const down = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top);
      const across = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left);
      if (across > 3 && down > 0.5 * Math.min(a.r.height, b.r.height)) bad.push(`one over the other: “${a.text}” “${b.text}” at ${Math.round(a.r.left)}, ${Math.round(a.r.top + scrollY)}`);
    }
  }
  return [...new Set(bad)].slice(0, 12);
}

/** In forced colours, parts of drawings that nobody could tell from their ground. */
function unseen() {
  const bad = [];
  for (const track of document.querySelectorAll(".track")) {
    const [value, ground] = [".value", ".ground"].map((s) => getComputedStyle(track.querySelector(s)).fill);
    if (value === ground) bad.push("a bar has the colour of its ground");
  }
  for (const [part, ground] of [[".ladder i.on", ".ladder i:not(.on)"], [".chart-key .k-value", ".chart-key .k-before"]]) {
    const [on, off] = [part, ground].map((s) => document.querySelector(`main ${s}`));
    if (on && off && getComputedStyle(on).backgroundColor === getComputedStyle(off).backgroundColor) bad.push(`${part} looks like ${ground}`);
  }
  for (const box of document.querySelectorAll("svg.flow rect[class]")) {
    const style = getComputedStyle(box);
    if (style.fill === style.stroke) bad.push("a box of a diagram is filled with its edge");
  }
  const text = getComputedStyle(document.body).color;
  for (const e of document.querySelectorAll("svg.flow text")) if (getComputedStyle(e).fill !== text) bad.push("words of a diagram have a colour of their own");
  return [...new Set(bad)];
}

describe("settings of readers", { skip }, () => {
  let chromium;
  before(async () => { chromium = await launch(); });
  after(async () => { await chromium.close(); });

  for (const width of WIDTHS) {
    test(`wider text at ${width} px: nothing cut, nothing over something else`, async () => {
      const found = [];
      for (const path of samples().values()) {
        const { page } = await open(chromium.browser, fileAddress(path), { width, height: 800 });
        await page.evaluate((css) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }, SPACING);
        for (const bad of await page.evaluate(faults)) found.push(`${path}: ${bad}`);
        await page.close();
      }
      assert.deepEqual(found, []);
    });
  }

  test("forced colours: drawings keep their parts", async () => {
    const found = [];
    let drawings = 0;
    for (const path of samples().values()) {
      if (!/class="(?:chart|flow|ladder|tiles)\b/.test(read(path))) continue;
      drawings += 1;
      const { page } = await open(chromium.browser, fileAddress(path), { width: 360, height: 800 });
      const session = await page.createCDPSession();
      await session.send("Emulation.setEmulatedMedia", { features: [{ name: "forced-colors", value: "active" }] });
      assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches));
      for (const bad of await page.evaluate(unseen)) found.push(`${path}: ${bad}`);
      await page.close();
    }
    assert.ok(drawings > 5, `${drawings} pages with drawings`);
    assert.deepEqual(found, []);
  });
});
