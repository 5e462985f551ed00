// Bytes of search's own requests for fixed queries over an exported index:
// script, router, facet data, postings and fragments (not HTML, CSS, fonts),
// gzip level 6, empty cache, until five excerpts and all facet counts stand.
// Usage: node benches/search/bytes.js <folder with search/> <assets/ of a built site, for the size of the page's scripts>
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');
const zlib = require('zlib');
const folder = path.join(process.argv[2], 'search');
const router = fs.readdirSync(folder).filter((f) => /^router-.*\.js$/.test(f)).sort().pop();
const QUERIES = ['การประเมิน', 'โรงเรียน', 'นวัตกรรม', 'ผู้บริหาร', 'คุณภาพผู้เรียน', 'เครือข่าย', 'แผนพัฒนา', 'ภาษาไทย'];
const size = (file) => zlib.gzipSync(fs.readFileSync(file), { level: 6 }).length;
const assets = process.argv[3];
const SCRIPT = fs.readdirSync(assets).filter((f) => /^(search|page)\..*\.js$/.test(f))
  .reduce((sum, f) => sum + size(path.join(assets, f)), 0);

function cold(texts) {
  const page = vm.createContext({});
  vm.runInContext('var self = this;', page);
  const run = (file) => vm.runInContext(fs.readFileSync(file, 'utf8'), page);
  const parts = { script: SCRIPT, router: size(path.join(folder, router)), postings: 0, facets: 0, fragments: 0, requests: 2 };
  run(path.join(folder, router));
  const S = page.SalaSearch;
  const site = S.site;
  const need = (names, done) => {
    for (const name of names) {
      if (site.files[name] !== undefined) continue;
      const file = path.join(folder, S.path(site, name));
      const kind = name[0] === 'f' ? 'fragments' : name[0] === 'x' ? 'facets' : 'postings';
      parts[kind] += size(file);
      parts.requests++;
      run(file);
    }
    done(null);
  };
  const times = [];
  let total = 0;
  for (const text of texts) {
    const start = process.hrtime.bigint();
    S.query(site, { text, facets: {}, sort: '', counts: site.facets.slice(0, 2).map((f) => f[0]) }, need, (error, answer) => {
      if (error) throw error;
      total = answer.total;
      S.fragments(site, answer.order.slice(0, 5), need, (e, fragments) => {
        const needles = S.needles(answer.words);
        fragments.forEach((f) => S.hit(f, needles));
        if (!answer.exact) S.suggest(answer.text, fragments.slice(0, 3));
      });
    });
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  parts.all = parts.script + parts.router + parts.postings + parts.facets + parts.fragments;
  return { parts, total, times };
}
const median = (list) => { const s = list.slice().sort((a, b) => a - b); return (s[(s.length - 1) >> 1] + s[s.length >> 1]) / 2; };
for (const mode of ['whole', 'typing']) {
  const all = [];
  console.log(mode === 'whole' ? 'query through the address' : 'typed letter by letter');
  for (const q of QUERIES) {
    const texts = mode === 'whole' ? [q] : Array.from(q).map((_, i, a) => a.slice(0, i + 1).join(''));
    const { parts, total } = cold(texts);
    all.push(parts.all);
    console.log('  ' + q, total + ' pages', JSON.stringify(parts));
  }
  console.log('  median ' + Math.round(median(all) / 102.4) / 10 + ' KB, worst ' + Math.round(Math.max(...all) / 102.4) / 10 + ' KB');
}
