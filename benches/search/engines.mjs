// Retrieval of other search engines on a set of pages and queries, per class,
// in the same form as tests/suite/search_eval.rs prints its own.
// Usage: npm install minisearch flexsearch (in a folder outside the project), then
// ENGINES=<that folder> node benches/search/engines.mjs <folder with sentences.json and queries.json>...
// MiniSearch: words of Intl.Segmenter, prefix and fuzzy 0.2. FlexSearch: tokenize "full".
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(path.join(process.env.ENGINES || process.cwd(), 'x.js'));
const MiniSearch = require('minisearch');
const { Index } = require('flexsearch');
const segmenter = new Intl.Segmenter('th', { granularity: 'word' });
const words = (text) => [...segmenter.segment(text)].filter((s) => s.isWordLike).map((s) => s.segment);

function mini(texts) {
  const index = new MiniSearch({ fields: ['text'], tokenize: words, processTerm: (t) => t.toLowerCase() });
  index.addAll(texts.map((text, id) => ({ id, text })));
  return (q) => index.search(q, { prefix: true, fuzzy: 0.2 }).map((r) => r.id);
}
function flex(texts) {
  const index = new Index({ tokenize: 'full' });
  texts.forEach((text, id) => index.add(id, text));
  return (q) => index.search(q, { limit: 10, suggest: true });
}
for (const folder of process.argv.slice(2)) {
  const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name)));
  const [texts, queries] = [read('sentences.json'), read('queries.json')];
  for (const [name, make] of Object.entries({ MiniSearch: mini, FlexSearch: flex })) {
    const find = make(texts);
    const classes = {};
    for (const q of queries) {
      const found = find(q.q).slice(0, 10);
      const first = found.findIndex((d) => q.rel.includes(d));
      const hits = found.filter((d) => q.rel.includes(d)).length;
      for (const c of [q.cls, 'all']) {
        const s = (classes[c] ||= [0, 0, 0, 0]);
        s[0] += first < 0 ? 0 : 1 / (first + 1);
        s[1] += hits / Math.min(10, q.rel.length);
        s[2] += found.length ? 0 : 1;
        s[3]++;
      }
    }
    console.log(`${name} on ${folder}: class, queries, MRR@10, recall@10, share without a hit`);
    for (const [c, s] of Object.entries(classes).sort()) console.log('  ' + c.padEnd(10), String(s[3]).padStart(5), ...s.slice(0, 3).map((v) => (v / s[3]).toFixed(3)));
  }
}
