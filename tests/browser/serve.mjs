// The preview server in Chromium: reload that keeps the place, the overlay, the last sound site. SALA_BIN names the program.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open } from "./lib.mjs";

const program = process.env.SALA_BIN;
const skip = program && existsSync(program) ? false : "SALA_BIN does not name the program";
const root = mkdtempSync(join(tmpdir(), "sala-serve-"));
const write = (path, text) => { mkdirSync(dirname(join(root, path)), { recursive: true }); writeFileSync(join(root, path), text); };
const page = (text) => `+++\ntitle = "หนึ่ง"\n+++\n${"ย่อหน้ายาว\n\n".repeat(200)}<p>${text}</p>\n\n${text}\n`;

describe("preview", { skip }, () => {
  let chromium, server, base, view;
  before(async () => {
    write("portal.toml", 'title = { th = "คลัง", en = "Test" }\nlanguages = ["th"]\n');
    write("content/_schema/kinds/idea.toml", 'id = "idea"\nfolder = "ideas"\nlabel = { th = "แนวคิด", en = "Idea" }\nnav = 1\n');
    write("content/ideas/one.md", page("แรก"));
    server = spawn(program, ["--portal", root, "--lang", "en", "serve", "--port", "0"]);
    base = await new Promise((done) => server.stdout.once("data", (line) => done(String(line).trim())));
    chromium = await launch();
    view = await open(chromium.browser, `${base}ideas/one.html`);
  });
  after(async () => {
    await chromium?.close();
    const ended = new Promise((done) => server.once("exit", (code) => done(code)));
    server.kill("SIGINT");
    assert.equal(await ended, 0, "ends cleanly");
    rmSync(root, { recursive: true, force: true });
  });
  const says = (text) => view.page.waitForFunction((t) => document.body?.innerText.includes(t), { timeout: 10000 }, text);

  test("a save reloads the page and keeps the place", async () => {
    await view.page.evaluate(() => window.scrollTo(0, 1500));
    const start = Date.now();
    write("content/ideas/one.md", page("ที่สอง"));
    await says("ที่สอง");
    console.log(`save to new page: ${Date.now() - start} ms`);
    await view.page.waitForFunction(() => Math.abs(scrollY - 1500) < 5, { timeout: 5000 });
  });

  test("an error is shown with file and line, as text, and the page stays", async () => {
    write("content/ideas/one.md", '+++\ntitle = "<img src=x onerror=alert(1)>\n+++\n');
    await view.page.waitForSelector(".sala-preview[role=alertdialog]", { timeout: 10000 });
    const shown = await view.page.$eval(".sala-preview", (n) => ({ text: n.innerText, images: n.querySelectorAll("img").length }));
    assert.match(shown.text, /content\/ideas\/one\.md:2/);
    assert.equal(shown.images, 0);
    assert.ok((await view.page.evaluate(() => document.body.innerText)).includes("ที่สอง"));
    write("content/ideas/one.md", page("ที่สาม"));
    await says("ที่สาม");
    assert.equal(await view.page.$(".sala-preview[role=alertdialog]"), null);
  });

  test("no policy was broken", () => assert.deepEqual(view.problems, []));
});
