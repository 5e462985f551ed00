// Retrieval of other search engines on a set of pages and queries, per class, in the same form as
// tests/suite/search_eval.rs prints its own; where that left its ranks (sala.json), also by how much Sala leads the best
// of them in each class: the mean of the difference of reciprocal ranks, and its lower bound (2.5 % of 2,000 bootstrap
// samples of the queries).
// Usage: npm install minisearch flexsearch (in a folder outside the project), then
// ENGINES=<that folder> node benches/search/engines.mjs <folder with sentences.json and queries.json>...
// All have the words of Intl.Segmenter (Thai by a dictionary). MiniSearch: prefix and fuzzy 0.2, title × 3. FlexSearch:
// tokenize "full". BM25: plain, k1 1.2, b 0.75, words and English stems (Porter), title × 3, headings × 2.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import S from '../../tests/suite/search_core.js';

const require = createRequire(path.join(process.env.ENGINES || process.cwd(), 'x.js'));
const MiniSearch = require('minisearch');
const { Index } = require('flexsearch');
const segmenter = new Intl.Segmenter('th', { granularity: 'word' });
const words = (text) => [...segmenter.segment(text)].filter((s) => s.isWordLike).map((s) => s.segment.toLowerCase());
// A page is a text, or its title with the headings and texts of its sections.
const parts = (page) => {
  if (typeof page === 'string') return { title: '', headings: '', text: page };
  const [title, sections] = page;
  return { title, headings: sections.map((s) => s[0]).join('\n'), text: sections.map((s) => s[1]).join('\n') };
};
function mini(pages) {
  const index = new MiniSearch({ fields: ['title', 'headings', 'text'], tokenize: words });
  index.addAll(pages.map((page, id) => ({ id, ...parts(page) })));
  return (q) => index.search(q, { prefix: true, fuzzy: 0.2, boost: { title: 3, headings: 2 } }).map((r) => r.id);
}
function flex(pages) {
  const index = new Index({ tokenize: 'full' });
  pages.forEach((page, id) => index.add(id, Object.values(parts(page)).join('\n')));
  return (q) => index.search(q, { limit: 10, suggest: true });
}
function bm25(pages) {
  const weights = { title: 3, headings: 2, text: 1 };
  const lists = new Map();
  const lengths = pages.map((page, id) => {
    const counts = new Map();
    let length = 0;
    for (const [part, text] of Object.entries(parts(page))) {
      for (const word of words(text).map(S.stem)) {
        counts.set(word, (counts.get(word) ?? 0) + weights[part]);
        length++;
      }
    }
    counts.forEach((count, word) => (lists.get(word) ?? lists.set(word, []).get(word)).push([id, count]));
    return length;
  });
  const mean = lengths.reduce((a, b) => a + b, 0) / pages.length;
  return (q) => {
    const scores = new Map();
    for (const word of new Set(words(q).map(S.stem))) {
      const list = lists.get(word) ?? [];
      const idf = Math.log(1 + (pages.length - list.length + 0.5) / (list.length + 0.5));
      for (const [id, tf] of list) {
        const score = (idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * lengths[id]) / mean));
        scores.set(id, (scores.get(id) ?? 0) + score);
      }
    }
    return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => id);
  };
}
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
function lowerBound(values) {
  let seed = 7;
  const next = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const means = Array.from({ length: 2000 }, () => mean(values.map(() => values[Math.floor(next() * values.length)])));
  return means.sort((a, b) => a - b)[50];
}
for (const folder of process.argv.slice(2)) {
  const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name)));
  const [texts, queries] = [read('sentences.json'), read('queries.json')];
  const classes = [...new Set(queries.map((q) => q.cls)), 'all'].sort();
  const within = (c) => queries.flatMap((q, i) => (c === 'all' || q.cls === c ? [i] : []));
  const ranks = {};
  for (const [name, make] of Object.entries({ MiniSearch: mini, FlexSearch: flex, BM25: bm25 })) {
    const find = make(texts);
    const found = queries.map((q) => find(q.q).slice(0, 10));
    const first = queries.map((q, i) => found[i].findIndex((d) => q.rel.includes(d)));
    ranks[name] = first.map((at) => (at < 0 ? 0 : 1 / (at + 1)));
    const recall = queries.map((q, i) => found[i].filter((d) => q.rel.includes(d)).length / Math.min(10, q.rel.length));
    console.log(`${name} on ${folder}: class, queries, MRR@10, recall@10, share without a hit`);
    for (const c of classes) {
      const of = within(c);
      const values = [ranks[name], recall, found.map((f) => Number(!f.length))].map((all) => mean(of.map((i) => all[i])).toFixed(3));
      console.log('  ' + c.padEnd(10), String(of.length).padStart(5), ...values);
    }
  }
  if (!fs.existsSync(path.join(folder, 'sala.json'))) continue;
  const own = read('sala.json');
  console.log(`Sala on ${folder}: class, MRR@10, the best other engine, lead, lower bound`);
  for (const c of classes) {
    const of = within(c);
    const average = (name) => mean(of.map((i) => ranks[name][i]));
    const best = Object.keys(ranks).sort((a, b) => average(b) - average(a))[0];
    const leads = of.map((i) => own[i] - ranks[best][i]);
    const told = [mean(of.map((i) => own[i])), average(best), mean(leads), lowerBound(leads)].map((v) => v.toFixed(3));
    console.log('  ' + c.padEnd(10), told[0], best, ...told.slice(1));
  }
}
