// What the browser tests share: the built site, a server that compresses, Chromium, and small helpers.
import { createServer } from "node:http";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import puppeteer from "puppeteer-core";

const here = dirname(fileURLToPath(import.meta.url));
export const site = resolve(process.env.SALA_SITE ?? join(here, "../../public"));
export const built = existsSync(join(site, "index.html"));
export const skip = built ? false : `no built site at ${site}`;

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".xml": "application/xml", ".pdf": "application/pdf", ".txt": "text/plain", ".csv": "text/csv", ".png": "image/png" };

/** Serves the site on a loopback port (a free one where none is named), text compressed. */
export async function serve(port = 0) {
  const server = createServer((request, response) => {
    let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (path.endsWith("/")) path += "index.html";
    const file = join(site, path);
    if (!file.startsWith(site + sep) || !existsSync(file) || statSync(file).isDirectory()) {
      response.writeHead(404, { "content-type": "text/html; charset=utf-8" });
      const missing = join(site, "404.html");
      response.end(existsSync(missing) ? readFileSync(missing) : "not found");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = { "content-type": type, "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache" };
    let body = readFileSync(file);
    if (/text|json|svg|xml/.test(type)) { body = gzipSync(body); headers["content-encoding"] = "gzip"; }
    headers["content-length"] = body.length;
    response.writeHead(200, headers);
    response.end(body);
  });
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  return { base: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Chromium with a profile of its own that is removed on close. */
export async function launch(extra = []) {
  const profile = mkdtempSync(join(tmpdir(), "sala-chromium-"));
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    userDataDir: profile,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...extra],
  });
  return { browser, close: async () => { await browser.close(); rmSync(profile, { recursive: true, force: true }); } };
}

/** Opens a page; collects script errors, policy violations and requests that leave the site. */
export async function open(browser, address, { width = 1280, height = 900, scheme = "light", js = true } = {}) {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("console", (message) => { if (message.type() === "error" || /Content Security Policy/.test(message.text())) problems.push(`console: ${message.text()}`); });
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(file:|data:|blob:|http:\/\/127\.0\.0\.1:)/.test(url)) problems.push(`request leaves the site: ${url}`);
  });
  await page.setJavaScriptEnabled(js);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(address, { waitUntil: "load" });
  return { page, problems };
}

export const fileAddress = (path) => pathToFileURL(join(site, path)).href;
export const read = (path) => readFileSync(join(site, path), "utf8");

/** All HTML pages of the site by path, sorted. */
export function pages(folder = site) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...pages(path));
    else if (entry.name.endsWith(".html")) found.push(relative(site, path).split(sep).join("/"));
  }
  return found.sort();
}

/** One page of every shape: by the classes of body (type of page and kind), Thai and English. */
export function samples() {
  const seen = new Map();
  for (const path of pages()) {
    const html = read(path);
    const shape = /<body class="([^"]*)"/.exec(html)?.[1];
    if (!shape) continue;
    const key = `${/^<!doctype html>\s*<html lang="(\w+)"/i.exec(html)?.[1]} ${shape.trim()}`;
    if (!seen.has(key)) seen.set(key, path);
  }
  return seen;
}

/** Visible cards of a list. */
export const visibleCards = (page) => page.$$eval("[data-cards] > .card", (cards) => cards.filter((c) => !c.hidden).map((c) => c.dataset.id));
