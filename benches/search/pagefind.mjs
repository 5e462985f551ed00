// The same measurements with Pagefind (npm) on the same pages, for comparison.
// Usage: npm install pagefind (in a folder outside the project), then
// PAGEFIND=<that folder> node benches/search/pagefind.mjs <folder with pages.json>
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
  pages = texts.map((t, i) => [`${i}.html`, '', '', [['', t]], []]);
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
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(data);
}).listen(0);
const port = server.address().port;
const script = fs.readFileSync(path.join(out, 'pagefind', 'pagefind.js'));
async function fresh() {
  const copy = path.join(out, `pagefind-${Math.random()}.mjs`);
  fs.writeFileSync(copy, script);
  const api = await import(pathToFileURL(copy).href);
  await api.options({ basePath: `http://localhost:${port}/pagefind/`, baseUrl: '/' });
  return api;
}
if (queries) {
  const api = await fresh();
  const classes = {};
  for (const q of queries) {
    const found = (await api.search(q.q)).results.slice(0, 10);
    const docs = await Promise.all(found.map(async (r) => Number((await r.data()).url.replace(/\D/g, ''))));
    const first = docs.findIndex((d) => q.rel.includes(d));
    const recall = docs.filter((d) => q.rel.includes(d)).length / Math.min(10, q.rel.length);
    for (const c of [q.cls, 'all']) {
      const s = (classes[c] ||= [0, 0, 0]);
      s[0] += first < 0 ? 0 : 1 / (first + 1);
      s[1] += recall;
      s[2]++;
    }
  }
  for (const [c, s] of Object.entries(classes)) console.log(c.padEnd(10), s[2], (s[0] / s[2]).toFixed(3), (s[1] / s[2]).toFixed(3));
} else {
  const all = [];
  for (const q of QUERIES) {
    bytes = zlib.gzipSync(script, { level: 6 }).length;
    requests = 1;
    const api = await fresh();
    await api.filters();
    const found = await api.search(q);
    await Promise.all(found.results.slice(0, 5).map((r) => r.data()));
    all.push(bytes);
    console.log('  ' + q, found.results.length + ' pages', bytes + ' bytes', requests + ' requests');
  }
  all.sort((a, b) => a - b);
  console.log(`  median ${((all[3] + all[4]) / 2048).toFixed(1)} KB, worst ${(all[7] / 1024).toFixed(1)} KB`);
}
server.close();
await pagefind.close();
fs.rmSync(out, { recursive: true });
