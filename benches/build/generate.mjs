// Writes the same portal for Sala, Hugo and Zola: N pages of 2,500 Thai characters, one list, twelve terms of
// one taxonomy and an equally simple theme. The words are those of the repository's own content; the order comes
// from a seeded generator, so that N pages are always the same bytes.
// Usage: node benches/build/generate.mjs <folder> <pages>
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HUGO_LAYOUTS, SALA_TEMPLATES, ZOLA_TEMPLATES } from './themes.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const CHARACTERS = 2500;
const TERMS = 12;

/** Thai phrases of the content: runs of Thai letters between spaces and punctuation, in order of files. */
function phrases() {
  const found = new Set();
  const visit = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) visit(file);
      else if (/\.(md|toml)$/.test(entry.name)) {
        for (const [run] of fs.readFileSync(file, 'utf8').matchAll(/[ก-ฮเ-ไ][ก-๎]{5,}/gu)) {
          // A phrase that is cut would be damaged Thai.
          if (run.length <= 61) found.add(run);
        }
      }
    }
  };
  visit(path.join(root, 'content'));
  // Titles of children, mail-like words and stamps would only make the checks speak.
  return [...found].filter((p) => !/เด็กชาย|เด็กหญิง|ไลน์|ภายใน|ร่าง|เผยแพร่|ลับ/.test(p));
}

/** A small generator with a fixed sequence (mulberry32). */
function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const words = phrases();

/** Title and body of page `n`. */
export function article(n) {
  const next = random(n + 1);
  const phrase = () => words[Math.floor(next() * words.length)];
  const some = (count) => Array.from({ length: count }, phrase);
  const title = `${phrase()} ${n}`;
  const body = [];
  let length = 0;
  const add = (text) => {
    body.push(text);
    length += [...text].length;
  };
  for (let section = 1; length < CHARACTERS; section++) {
    add(`## ${phrase()}`);
    for (let part = 0; part < 2 && length < CHARACTERS; part++) {
      const room = CHARACTERS - length;
      const text = [];
      for (let size = 0; size < Math.min(room, 330); ) {
        const word = text.length === 3 ? `**${phrase()}**` : phrase();
        text.push(word);
        size += [...word].length + 1;
      }
      add(text.join(' '));
    }
    if (section % 2 === 0 && length < CHARACTERS) add(some(4).map((p) => `- ${p}`).join('\n'));
  }
  return { title, body: body.join('\n\n') + '\n', area: `area-${n % TERMS}` };
}

function write(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/** Writes the portals into `folder`. */
export function generate(folder, pages) {
  const sala = path.join(folder, 'sala');
  const hugo = path.join(folder, 'hugo');
  const zola = path.join(folder, 'zola');
  const base = 'https://example.org/';
  write(path.join(sala, 'portal.toml'), `title = { th = "พอร์ทัล", en = "Portal" }\nbase_url = "${base}"\nlanguages = ["th"]\ntheme = "simple"\n`);
  const label = (th, en) => `{ th = "${th}", en = "${en}" }`;
  write(path.join(sala, 'content/_schema/kinds/article.toml'), `id = "article"\nfolder = "articles"\nlabel = ${label('บทความ', 'Article')}\nplural = ${label('บทความ', 'Articles')}\nsort = ["title"]\ncard = []\nnav = 1\n\n[[field]]\nid = "area"\ntype = "term"\nvocabulary = "area"\nfacet = true\nlabel = ${label('ด้าน', 'Area')}\n`);
  const terms = Array.from({ length: TERMS }, (_, t) => `[[term]]\nid = "area-${t}"\nlabel = ${label(words[t * 7], `Area ${t}`)}\n`);
  write(path.join(sala, 'content/_schema/vocabularies/area.toml'), `id = "area"\nlabel = ${label('ด้าน', 'Area')}\n\n${terms.join('\n')}`);
  for (const [name, text] of Object.entries(SALA_TEMPLATES)) write(path.join(sala, 'themes/simple/templates', name), text);
  write(path.join(hugo, 'hugo.toml'), `baseURL = "${base}"\ntitle = "พอร์ทัล"\nlanguageCode = "th"\n[taxonomies]\narea = "areas"\n`);
  // Versions before 0.110 know this name only.
  fs.copyFileSync(path.join(hugo, 'hugo.toml'), path.join(hugo, 'config.toml'));
  for (const [name, text] of Object.entries(HUGO_LAYOUTS)) write(path.join(hugo, 'layouts', name), text);
  write(path.join(zola, 'config.toml'), `base_url = "${base.slice(0, -1)}"\ntitle = "พอร์ทัล"\ndefault_language = "th"\ncompile_sass = false\ntaxonomies = [{ name = "areas" }]\n`);
  write(path.join(zola, 'content/articles/_index.md'), '+++\ntitle = "บทความ"\nsort_by = "title"\n+++\n');
  for (const [name, text] of Object.entries(ZOLA_TEMPLATES)) write(path.join(zola, 'templates', name), text);
  for (let n = 0; n < pages; n++) {
    const { title, body, area } = article(n);
    write(path.join(sala, `content/articles/a-${n}.md`), `+++\nid = "a-${n}"\ntitle = "${title}"\narea = "${area}"\n+++\n\n${body}`);
    write(path.join(hugo, `content/articles/a-${n}.md`), `+++\ntitle = "${title}"\nareas = ["${area}"]\n+++\n\n${body}`);
    write(path.join(zola, `content/articles/a-${n}.md`), `+++\ntitle = "${title}"\n[taxonomies]\nareas = ["${area}"]\n+++\n\n${body}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, pages] = process.argv.slice(2);
  if (!folder || !(Number(pages) > 0)) {
    console.error('usage: node benches/build/generate.mjs <folder> <pages>');
    process.exit(2);
  }
  generate(folder, Number(pages));
  console.log(`${pages} pages in ${folder}/sala, ${folder}/hugo and ${folder}/zola`);
}
