// Known items of a built portal: its titles and headings are taken out of the
// pages and asked for. Usage: node benches/search/headings.js <public/search/th> <out>
// writes sentences.json (pages without titles and headings) and queries.json;
// then SALA_SET=<out> (tests/suite/search_eval.rs) or EVAL=<out> (pagefind.mjs) measures this search or Pagefind on them.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');
const S = require('../../tests/suite/search_core.js');
const [folder, out] = process.argv.slice(2);
const page = vm.createContext({});
vm.runInContext('var self = this;', page);
const run = (file) => vm.runInContext(fs.readFileSync(path.join(folder, file), 'utf8'), page);
run('router.js');
const client = page.SalaSearch;
const site = client.site;
const need = (names, done) => {
  for (const name of names) if (site.files[name] === undefined) run(client.path(site, name));
  done(null);
};
let pages = [];
client.fragments(site, Array.from({ length: site.n }, (_, i) => i), need, (error, found) => {
  if (error) throw error;
  found.forEach((fragment) => client.ready(site, fragment));
  pages = found;
});
const bare = (text) => S.fold(text).c.filter((c) => c !== ' ').join('');
const texts = pages.map((p) => p[6].slice(0, -1).map((s) => s[2]).join(' '));
const asked = new Map();
pages.forEach((p, i) => {
  const own = bare(texts[i]);
  const ask = (text, cls) => {
    if (bare(text).length < 6 || own.includes(bare(text))) return;
    const q = asked.get(text) || asked.set(text, { cls, q: text, rel: [] }).get(text);
    if (!q.rel.includes(i)) q.rel.push(i);
  };
  if (own.length < 200) return;
  ask(p[1], 'title');
  for (const s of p[6]) if (s[1]) ask(s[1], 'heading');
});
const queries = [...asked.values()].filter((q) => q.rel.length <= 2);
fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(path.join(out, 'sentences.json'), JSON.stringify(texts));
fs.writeFileSync(path.join(out, 'queries.json'), JSON.stringify(queries));
console.log(texts.length + ' pages, ' + queries.length + ' queries');
