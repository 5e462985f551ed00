// Sections of Thai Markdown pages as a set of queries; the texts are indexed without their headings. Classes: "heading",
// each that does not occur in its section; "string", 6 to 20 letters out of long sections, which at most five sections
// hold; "missing", the same with a letter left out. Writes sentences.json and queries.json, for SALA_SET
// (tests/suite/search_eval.rs), engines.mjs and EVAL (pagefind.mjs).
// Usage: node benches/search/sections.mjs <out> <folder of Markdown>...
// The figures used courses that are published under the MIT licence with a Thai
// translation (the folders translations/th of IoT-For-Beginners, Security-101,
// AZD-for-beginners and edgeai-for-beginners by Microsoft); any Thai pages do.
import fs from 'node:fs';
import path from 'node:path';
import S from '../../tests/suite/search_core.js';

const [out, ...folders] = process.argv.slice(2);
const thai = (text) => (text.match(/[ก-๎]/g) ?? []).length;
function plain(text) {
  return text
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, ' ')
    .replace(/https?:\S+/g, ' ')
    .replace(/&[a-z]+;/g, ' ')
    .replace(/[*_`|>#~]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
function* sections(text) {
  let heading = '';
  let body = [];
  let fence = '';
  for (const line of text.replace(/<!--[\s\S]*?-->/g, '').split('\n')) {
    const mark = /^\s*(```|~~~)/.exec(line);
    if (mark) { fence = fence ? '' : mark[1]; continue; }
    if (fence) continue;
    const found = /^#{1,6}\s+(.*)$/.exec(line);
    if (!found) { body.push(line); continue; }
    yield [plain(heading), plain(body.join('\n'))];
    heading = found[1].replace(/\s*#+\s*$/, '');
    body = [];
  }
  yield [plain(heading), plain(body.join('\n'))];
}
const all = [];
for (const folder of folders) {
  const files = fs.readdirSync(folder, { recursive: true }).map(String).filter((f) => f.endsWith('.md')).sort();
  for (const file of files) {
    for (const [heading, text] of sections(fs.readFileSync(path.join(folder, file), 'utf8'))) {
      const enough = thai(heading) >= 6 && thai(heading) * 2 >= heading.replace(/\s/g, '').length;
      if (enough && thai(text) >= 120) all.push([heading, text]);
    }
  }
}
const bare = (text) => S.fold(text).c.filter((c) => c !== ' ').join('');
const asked = new Map();
all.forEach(([heading], i) => {
  const query = asked.get(heading) || asked.set(heading, { cls: 'heading', q: heading, rel: [] }).get(heading);
  query.rel.push(i);
});
const literal = (q) => q.rel.some((i) => bare(all[i][1]).includes(bare(q.q)));
const queries = [...asked.values()].filter((q) => q.rel.length <= 2 && !literal(q));

// Strings: the same in every run.
let seed = 11;
const below = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, Math.floor((seed / 2 ** 32) * n));
const letters = all.map(([, text]) => bare(text));
const opens = (text, at) => !/[ะ-ฺ็-๎ๅ]/.test(text[at] ?? '') && !/[เแโใไ]/.test(text[at - 1] ?? '');
letters.forEach((text) => {
  if (text.length < 400) return;
  let from = below(text.length - 40);
  let to = from + 6 + below(15);
  while (!opens(text, from)) from++;
  while (!opens(text, to)) to++;
  const string = text.slice(from, to);
  const rel = letters.flatMap((other, i) => (other.includes(string) ? [i] : []));
  if (rel.length > 5 || to - from < 6 || !/^[ก-๎]*$/.test(string)) return;
  const left = 1 + below(string.length - 2);
  queries.push({ cls: 'string', q: string, rel }, { cls: 'missing', q: string.slice(0, left) + string.slice(left + 1), rel });
});
fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(path.join(out, 'sentences.json'), JSON.stringify(all.map((s) => s[1])));
fs.writeFileSync(path.join(out, 'queries.json'), JSON.stringify(queries));
console.log(`${all.length} sections, ${queries.length} queries`);
