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
const files = [];
const page = vm.createContext({ SalaSearch: { take: (id, name, data) => name[0] === 'f' && files.push([Number(name.slice(1)), data]) } });
const version = fs.readdirSync(folder).find((f) => fs.statSync(path.join(folder, f)).isDirectory());
for (const file of fs.readdirSync(path.join(folder, version))) {
  if (/^f\d+\.js$/.test(file)) vm.runInContext(fs.readFileSync(path.join(folder, version, file), 'utf8'), page);
}
files.sort((a, b) => a[0] - b[0]);
const pages = files.flatMap((f) => Array.from(f[1]));
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
