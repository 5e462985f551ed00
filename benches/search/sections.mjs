// Sections of Thai Markdown pages as a set for measuring many-word queries: each
// heading is asked for, its text is indexed without it (tests/suite/search_eval.rs).
// Usage: node benches/search/sections.mjs <out.json> <folder of Markdown>...
// The figures used courses that are published under the MIT licence with a Thai
// translation (the folders translations/th of IoT-For-Beginners, Security-101,
// AZD-for-beginners and edgeai-for-beginners by Microsoft); any Thai pages do.
import fs from 'node:fs';
import path from 'node:path';

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
fs.writeFileSync(out, JSON.stringify(all));
console.log(`${all.length} sections`);
