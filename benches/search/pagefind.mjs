// The same measurements with Pagefind (npm) on the same pages, for comparison.
// Usage: npm install pagefind puppeteer-core (in a folder outside the project), then
// PAGEFIND=<that folder> node benches/search/pagefind.mjs <folder with pages.json>
// Chromium runs it: under Node it has no language. Needs puppeteer-core too.
// Retrieval: EVAL=<folder with sentences.json and queries.json> instead of a folder of pages.
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';

import { pathToFileURL } from 'node:url';


const home = path.join(process.env.PAGEFIND || process.cwd(), 'node_modules/pagefind');
const manifest = JSON.parse(fs.readFileSync(path.join(home, 'package.json')));
const entry = manifest.exports?.['.']?.import ?? manifest.exports?.['.'] ?? manifest.exports?.import ?? manifest.main ?? 'lib/index.js';
const pagefind = await import(pathToFileURL(path.join(home, typeof entry === 'string' ? entry : entry.default)).href);
const QUERIES = ['การประเมิน', 'โรงเรียน', 'นวัตกรรม', 'ผู้บริหาร', 'คุณภาพผู้เรียน', 'เครือข่าย', 'แผนพัฒนา', 'ภาษาไทย'];
const out = fs.mkdtempSync(path.join(os.tmpdir(), 'pagefind-'));
const escape = (t) => t.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
let pages;
let queries = null;
if (process.env.EVAL) {
  const texts = JSON.parse(fs.readFileSync(path.join(process.env.EVAL, 'sentences.json')));
  queries = JSON.parse(fs.readFileSync(path.join(process.env.EVAL, 'queries.json')));
  // A page is a text, or its title with headings and texts of its sections.
  pages = texts.map((t, i) => (typeof t === 'string' ? [`${i}.html`, '', '', [['', t]], []] : [`${i}.html`, t[0], '', t[1], []]));
} else {
  pages = JSON.parse(fs.readFileSync(path.join(process.argv[2], 'pages.json')));
}
const start = Date.now();
const { index } = await pagefind.createIndex({ forceLanguage: 'th' });
for (const [url, title, summary, sections, facets] of pages) {
  const body = sections.map(([h, t]) => (h ? `<h2>${escape(h)}</h2>` : '') + `<p>${escape(t)}</p>`).join('');
  const filters = facets.map(([f, t]) => `<span data-pagefind-filter="${f}">${t}</span>`).join('');
  const head = title ? `<h1>${escape(title)}</h1><p>${escape(summary)}</p>` : '';
  await index.addHTMLFile({ url: '/' + url, content: `<html lang="th"><body><main data-pagefind-body>${head}${body}</main><div hidden>${filters}</div></body></html>` });
}
await index.writeFiles({ outputPath: path.join(out, 'pagefind') });
console.log(`${pages.length} pages indexed in ${(Date.now() - start) / 1000} s`);
let bytes = 0;
let requests = 0;
const server = http.createServer((request, response) => {
  const file = path.join(out, decodeURIComponent(request.url.split('?')[0]));
  if (!fs.existsSync(file)) { response.writeHead(404).end(); return; }
  const data = fs.readFileSync(file);
  bytes += zlib.gzipSync(data, { level: 6 }).length;
  requests++;
  response.writeHead(200, { 'content-type': file.endsWith('.js') ? 'text/javascript' : file.endsWith('.html') ? 'text/html' : 'application/octet-stream' }).end(data);
}).listen(0);
const port = server.address().port;
fs.writeFileSync(path.join(out, 'index.html'), '<!doctype html><html lang="th"><title>x</title>');
const load = (name) => import(pathToFileURL(path.join(process.env.PAGEFIND || process.cwd(), 'node_modules', name)).href);
const { default: puppeteer } = await load('puppeteer-core/lib/esm/puppeteer/puppeteer-core.js');
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'], userDataDir: path.join(out, 'profile') });
async function fresh() {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(`http://localhost:${port}/index.html`);
  bytes = requests = 0;
  return { page, close: () => context.close() };
}
if (queries) {
  const { page } = await fresh();
  const classes = {};
  for (const q of queries) {
    const docs = await page.evaluate(async (text) => {
      const api = await import('/pagefind/pagefind.js');
      const found = (await api.search(text)).results.slice(0, 10);
      return Promise.all(found.map(async (r) => Number((await r.data()).url.replace(/\D/g, ''))));
    }, q.q);
    const first = docs.findIndex((d) => q.rel.includes(d));
    const recall = docs.filter((d) => q.rel.includes(d)).length / Math.min(10, q.rel.length);
    for (const c of [q.cls, 'all']) {
      const s = (classes[c] ||= [0, 0, 0, 0]);
      s[0] += first < 0 ? 0 : 1 / (first + 1);
      s[1] += recall;
      s[2] += docs.length ? 0 : 1;
      s[3]++;
    }
  }
  for (const [c, s] of Object.entries(classes)) console.log(c.padEnd(10), s[3], ...s.slice(0, 3).map((v) => (v / s[3]).toFixed(3)));
} else {
  const all = [];
  for (const q of QUERIES) {
    const { page, close } = await fresh();
    const total = await page.evaluate(async (text) => {
      const api = await import('/pagefind/pagefind.js');
      await api.filters();
      const found = await api.search(text);
      await Promise.all(found.results.slice(0, 5).map((r) => r.data()));
      return found.results.length;
    }, q);
    all.push(bytes);
    console.log('  ' + q, total + ' pages', bytes + ' bytes', requests + ' requests');
    await close();
  }
  all.sort((a, b) => a - b);
  console.log(`  median ${((all[3] + all[4]) / 2048).toFixed(1)} KB, worst ${(all[7] / 1024).toFixed(1)} KB`);
}
await browser.close();
server.close();
await pagefind.close();
fs.rmSync(out, { recursive: true, force: true });
