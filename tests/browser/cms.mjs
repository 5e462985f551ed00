// The form-based editor: what it loads from elsewhere, and that its policy blocks it.
// Needs the folder that `sala cms` wrote with its script in place: SALA_CMS (default ../../cms). Skipped without it.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, resolve, sep } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = resolve(process.env.SALA_CMS ?? join(dirname(fileURLToPath(import.meta.url)), "../../cms"));
const skip = existsSync(join(folder, "sveltia-cms.js")) ? false : `no sveltia-cms.js in ${folder}`;
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".yml": "text/yaml" };

async function serve() {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!file.startsWith(folder + sep) || !existsSync(file)) { response.writeHead(404); response.end(); return; }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { base: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

test("the editor starts with one local script and reaches nothing else", { skip, timeout: 120000 }, async () => {
  const { launch } = await import("./lib.mjs");
  const { browser, close } = await launch();
  const server = await serve();
  try {
    const page = await browser.newPage();
    const asked = [], answered = [], errors = [];
    page.on("request", (r) => { if (!r.url().startsWith(server.base) && /^https?:/.test(r.url())) asked.push(r.url()); });
    page.on("response", (r) => { if (!r.url().startsWith(server.base) && /^https?:/.test(r.url())) answered.push(r.url()); });
    page.on("console", (m) => { if (m.type() === "error") errors.push(m.text()); });
    page.on("pageerror", (e) => errors.push(e.message));
    await page.goto(server.base, { waitUntil: "load" });
    await page.waitForFunction(() => document.body.innerText.includes("Local Repository"), { timeout: 60000 }).catch(() => {});
    await new Promise((done) => setTimeout(done, 3000));
    const text = await page.evaluate(() => document.body.innerText);
    console.log("shown:", JSON.stringify(text.slice(0, 300)));
    console.log("asked elsewhere:", asked);
    console.log("errors:", errors.slice(0, 10));
    assert.match(text, /Sign In|Local Repository/, "the sign-in page is shown, so script and configuration were read");
    assert.doesNotMatch(text, /error.*config|configuration.*(error|invalid)/i);
    assert.deepEqual(answered, [], "nothing from elsewhere was answered");
  } finally {
    await close();
    server.close();
  }
});
