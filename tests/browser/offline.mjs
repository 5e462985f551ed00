// Without a connection: the unpacked bundle by file://, and the hosted site by its service worker. SALA_BIN names the program.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, open } from "./lib.mjs";

const program = process.env.SALA_BIN;
const skip = program && existsSync(program) ? false : "SALA_BIN does not name the program";
const root = mkdtempSync(join(tmpdir(), "sala-offline-"));
const write = (path, text) => { mkdirSync(dirname(join(root, path)), { recursive: true }); writeFileSync(join(root, path), text); };
const sala = (...args) => execFileSync(program, ["--portal", root, ...args], { stdio: ["ignore", "pipe", "pipe"] });
const settings = (offline) => write("portal.toml", `title = { th = "คลัง", en = "Test" }\nlanguages = ["th"]\n[offline]\n${offline}\n`);
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".woff2": "font/woff2", ".svg": "image/svg+xml" };

/** Serves public/ below /portal/, as many hosts do. */
async function host() {
  const server = createServer((request, response) => {
    let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (!path.startsWith("/portal/")) { response.writeHead(404); response.end(); return; }
    path = join(root, "public", path.slice(8) + (path.endsWith("/") ? "index.html" : ""));
    if (!existsSync(path)) { response.writeHead(404); response.end(); return; }
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream", "cache-control": "no-cache" });
    response.end(readFileSync(path));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { base: `http://127.0.0.1:${server.address().port}/portal/`, stop: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }), port: server.address().port };
}

describe("offline", { skip }, () => {
  let chromium;
  before(async () => {
    settings("enabled = true");
    write("content/_schema/kinds/idea.toml", 'id = "idea"\nfolder = "ideas"\nlabel = { th = "แนวคิด", en = "Idea" }\nnav = 1\n');
    write("content/ideas/one.md", '+++\ntitle = "มะม่วงกวน"\n+++\nข้อความของหน้าแรก\n');
    write("content/ideas/two.md", '+++\ntitle = "ที่สอง"\n+++\nข้อความอื่น\n');
    chromium = await launch();
  });
  after(async () => { await chromium.close(); rmSync(root, { recursive: true, force: true }); });

  test("the unpacked bundle opens and searches from files", async (t) => {
    sala("bundle", "-o", join(root, "stick.zip"));
    try { execFileSync("unzip", ["-q", join(root, "stick.zip"), "-d", root]); } catch { return t.skip("unzip is not installed"); }
    const { page, problems } = await open(chromium.browser, pathToFileURL(join(root, "stick/index.html")).href);
    await Promise.all([page.waitForNavigation(), page.click("a.primary")]);
    assert.match(page.url(), /stick\/site\/index\.html$/);
    await page.goto(pathToFileURL(join(root, "stick/site/search.html")).href + "?q=" + encodeURIComponent("มะม่วง"));
    await page.waitForFunction(() => [...document.querySelectorAll("main a")].some((a) => a.getAttribute("href").includes("ideas/one.html")), { timeout: 30000 });
    assert.deepEqual(problems, []);
    await page.close();
  });

  test("the hosted site is read without a connection, updated and withdrawn", async () => {
    sala("build");
    const server = await host();
    const { page } = await open(chromium.browser, `${server.base}index.html`);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }))).then(() => true));
    await page.goto(`${server.base}ideas/one.html`);
    await page.waitForFunction(async () => Boolean(await caches.match(location.href)), { timeout: 30000 });
    await page.setOfflineMode(true);
    const worker = chromium.browser.targets().find((target) => target.type() === "service_worker");
    const session = worker && await worker.createCDPSession();
    await session?.send("Network.enable");
    await session?.send("Network.emulateNetworkConditions", { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 });
    for (const [path, text] of [["ideas/one.html", "ข้อความของหน้าแรก"], ["", "คลัง"], ["index.html", "คลัง"], ["search.html?q=x", "ค้นหา"], ["nowhere.html", "ไม่มีการเชื่อมต่อ"]]) {
      await page.goto(server.base + path);
      assert.ok((await page.evaluate(() => document.body.innerText)).includes(text), path || "/");
    }
    await page.setOfflineMode(false);
    await session?.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    // A new version asks first.
    write("content/ideas/one.md", '+++\ntitle = "มะม่วงกวน"\n+++\nข้อความใหม่\n');
    sala("build");
    await page.goto(`${server.base}index.html`);
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => true));
    await page.waitForSelector(".offline-note button", { timeout: 30000 });
    await Promise.all([page.waitForNavigation({ timeout: 30000 }), page.click(".offline-note button")]);
    // And it can be taken back.
    settings("enabled = true\nwithdraw = true");
    sala("build");
    await page.goto(`${server.base}index.html`);
    const left = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length);
    for (let i = 0; i < 50 && await left() > 0; i++) await new Promise((done) => setTimeout(done, 200));
    assert.equal(await left(), 0);
    await page.close();
    await server.stop();
  });

  const ready = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  /** Bytes and addresses that the copy holds. */
  const kept = (page) => page.evaluate(async () => {
    const found = { bytes: 0, paths: [] };
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        found.bytes += (await (await cache.match(request)).arrayBuffer()).byteLength;
        found.paths.push(new URL(request.url).pathname);
      }
    }
    return found;
  });
  const fill = async (page) => {
    await page.evaluate(() => navigator.serviceWorker.ready.then((r) => r.active.postMessage("fill")));
    // Done when nothing has come for three seconds.
    let last = -1, still = 0;
    for (let i = 0; i < 120 && still < 6; i++) {
      await new Promise((done) => setTimeout(done, 500));
      const now = (await kept(page)).paths.length;
      still = now === last ? still + 1 : 0;
      last = now;
    }
  };

  test("the copy keeps to its limit, and home and its folder are one entry", async () => {
    settings("enabled = true\nmax_megabytes = 2");
    for (let i = 0; i < 60; i++) write(`content/ideas/long-${i}.md`, `+++\ntitle = "ยาว ${i}"\n+++\n${"ย่อหน้าที่ยาวพอสมควร ".repeat(900)}\n`);
    // Without search, whose parts come before pages and would fill a copy as small as this.
    sala("build", "--no-search");
    const server = await host();
    const { page } = await open(chromium.browser, `${server.base}index.html`);
    await ready(page);
    await page.goto(server.base);
    await fill(page);
    const found = await kept(page);
    const long = found.paths.filter((p) => p.includes("/ideas/long-")).length;
    assert.ok(long > 0 && long < 60, `filled, but not with everything: ${long} of 60`);
    const list = found.paths.filter((p) => p === "/portal/" || p === "/portal/index.html");
    assert.deepEqual(list, ["/portal/index.html"]);
    // The list of files itself is not counted.
    assert.ok(found.bytes < 2_000_000 + 60_000, `${found.bytes} bytes`);
    await page.close();
    await server.stop();
  });

  test("a device without room reads on, and what it has stays readable", async () => {
    settings("enabled = true");
    sala("build");
    const server = await host();
    const { page, problems } = await open(chromium.browser, `${server.base}index.html`);
    await ready(page);
    const session = await page.createCDPSession();
    const { usage } = await session.send("Storage.getUsageAndQuota", { origin: new URL(server.base).origin });
    await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(server.base).origin, quotaSize: Math.ceil(usage) + 200_000 });
    await fill(page);
    await page.goto(`${server.base}ideas/long-7.html`);
    assert.match(await page.evaluate(() => document.body.innerText), /ย่อหน้าที่ยาวพอสมควร/);
    await page.goto(server.base);
    assert.match(await page.evaluate(() => document.body.innerText), /คลัง/);
    assert.deepEqual(problems, []);
    await page.close();
    await server.stop();
  });

  test("without being asked for there is no worker", async () => {
    settings("enabled = false");
    sala("build");
    const server = await host();
    const { page } = await open(chromium.browser, `${server.base}index.html`);
    assert.equal(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((r) => r.length)), 0);
    assert.equal((await fetch(`${server.base}sw.js`)).status, 404);
    await page.close();
    await server.stop();
  });
});
