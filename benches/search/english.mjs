// Pages of an English documentation site as a set of queries. Classes: "heading", each heading of at least two words that
// stands in one page alone; "inflected", a word of at most two titles, asked for in another form of it that the site
// uses. Writes sentences.json (pages: title, and heading and text of each section) and queries.json, for SALA_SET
// (tests/suite/search_eval.rs) and engines.mjs.
// Usage: node benches/search/english.mjs <out> <folder of Markdown>
// The figures used rust-lang/book (src), gohugoio/hugoDocs (content/en), fastapi/fastapi (docs/en/docs) and reduxjs/redux
// (docs); any English pages do.
import fs from 'node:fs';
import path from 'node:path';
import S from '../../tests/suite/search_core.js';

const [out, folder] = process.argv.slice(2);
const plain = (text) =>
  text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\{[{%#][\s\S]*?[}%#]\}|\{#[^}]*\}|<[^>]*>|https?:\S+|[*_`|>#~]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const pages = [];
const files = fs.readdirSync(folder, { recursive: true }).map(String).filter((f) => /\.mdx?$/.test(f)).sort();
for (const file of files) {
  let text = fs.readFileSync(path.join(folder, file), 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  const front = /^(---|\+\+\+)\n([\s\S]*?)\n\1\n/.exec(text);
  let title = plain(/^title\s*[:=]\s*["']?(.*?)["']?\s*$/m.exec(front?.[2] ?? '')?.[1] ?? '');
  if (front) text = text.slice(front[0].length);
  const sections = [['', '']];
  let fence = '';
  for (const line of text.split('\n')) {
    const mark = /^\s*(```|~~~)/.exec(line);
    if (mark) { fence = fence ? '' : mark[1]; continue; }
    const found = !fence && /^#{1,6}\s+(.*)$/.exec(line);
    if (found && !title) title = plain(found[1]);
    else if (found) sections.push([plain(found[1]), '']);
    else if (!fence) sections.at(-1)[1] += line + '\n';
  }
  const whole = sections.map(([heading, body]) => [heading, plain(body)]);
  if (title && whole.map((s) => s[1]).join(' ').length > 200) pages.push([title, whole]);
}
const wordsOf = (text) => S.fold(text).c.join('').split(' ').filter((word) => /^[a-z]{4,}$/.test(word));
const text = ([title, sections]) => [title, ...sections.flat()].join('\n');
const forms = new Map();
for (const word of new Set(pages.flatMap((page) => wordsOf(text(page))))) {
  const stem = S.stem(word);
  if (!forms.has(stem)) forms.set(stem, []);
  forms.get(stem).push(word);
}
const titled = new Map();
const headed = new Map();
pages.forEach(([title, sections], i) => {
  for (const word of new Set(wordsOf(title))) {
    const stem = S.stem(word);
    if (!titled.has(stem)) titled.set(stem, { rel: new Set(), words: new Set() });
    titled.get(stem).rel.add(i);
    titled.get(stem).words.add(word);
  }
  for (const [heading] of sections) {
    if (!headed.has(heading)) headed.set(heading, new Set());
    headed.get(heading).add(i);
  }
});
const queries = [];
for (const [stem, { rel, words }] of titled) {
  const other = forms.get(stem).filter((word) => !words.has(word));
  if (rel.size <= 2) for (const q of other.slice(0, 2)) queries.push({ cls: 'inflected', q, rel: [...rel] });
}
for (const [heading, rel] of headed) {
  if (rel.size === 1 && wordsOf(heading).length >= 2) queries.push({ cls: 'heading', q: heading, rel: [...rel] });
}
fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(path.join(out, 'sentences.json'), JSON.stringify(pages));
fs.writeFileSync(path.join(out, 'queries.json'), JSON.stringify(queries));
console.log(`${pages.length} pages, ${queries.length} queries`);
