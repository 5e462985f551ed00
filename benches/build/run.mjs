// Builds generated portals with Sala, Hugo, Zola and Pagefind and prints a Markdown table: medians of wall time, processor
// time (user and system) and peak memory. What is not installed is left out.
// Usage: SALA=target/release/sala HUGO=hugo ZOLA=zola PAGEFIND=pagefind node benches/build/run.mjs <folder> <pages> [runs]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { generate } from './generate.mjs';

const [folder, count, times] = process.argv.slice(2);
const pages = Number(count);
const runs = Number(times || 3);
if (!folder || !(pages > 0) || !(runs > 0)) {
  console.error('usage: node benches/build/run.mjs <folder> <pages> [runs]');
  process.exit(2);
}
const sala = process.env.SALA || 'target/release/sala';
const hugo = process.env.HUGO || 'hugo';
const zola = process.env.ZOLA || 'zola';
const pagefind = process.env.PAGEFIND || 'pagefind';
const at = (...parts) => path.join(path.resolve(folder), ...parts);
const there = (program) => spawnSync(program, ['--version']).status === 0 || spawnSync(program, ['version']).status === 0;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Runs a command under GNU time; seconds of wall and processor, peak memory in MiB. */
function measure(program, args) {
  const run = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', program, ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${run.stderr}`);
  const [wall, user, system, memory] = run.stderr.trim().split('\n').pop().split(' ').map(Number);
  return { wall, cpu: user + system, memory: memory / 1024 };
}

const rows = [];
const ratios = [];
const found = {};
function row(name, before, program, args) {
  const all = Array.from({ length: runs }, (_, i) => {
    before(i);
    return measure(program, args);
  });
  const of = (key) => median(all.map((a) => a[key]));
  found[name] = { wall: of('wall'), cpu: of('cpu') };
  rows.push(`| ${name} | ${of('wall').toFixed(2)} | ${of('cpu').toFixed(2)} | ${of('memory').toFixed(0)} |`);
}
/** A line of ratios, where both were measured. */
function ratio(name, a, b) {
  if (!found[a] || !found[b]) return;
  const of = (key) => (found[a][key] / found[b][key]).toFixed(2);
  ratios.push(`| ${name} | ${of('wall')} | ${of('cpu')} |`);
}

generate(at(), pages);
const remove = (...names) => () => names.forEach((name) => fs.rmSync(at(name), { recursive: true, force: true }));
const build = (out, ...more) => ['build', '--portal', at('sala'), '-o', at(out), ...more];
const changed = at('sala/content/articles/a-0.md');
const original = fs.readFileSync(changed, 'utf8');
const change = (i) => fs.writeFileSync(changed, `${original}\nย่อหน้าใหม่ครั้งที่ ${i}\n`);
row('Sala, no search', remove('out-plain', 'sala/.sala'), sala, build('out-plain', '--no-search'));
row('Sala, no search, one page changed', change, sala, build('out-plain', '--no-search'));
fs.writeFileSync(changed, original);
if (!process.env.NO_SEARCH) {
  row('Sala, with search', remove('out-search', 'sala/.sala'), sala, build('out-search'));
  row('Sala, with search, one page changed', change, sala, build('out-search'));
  fs.writeFileSync(changed, original);
}
if (there(hugo)) {
  row('Hugo', remove('out-hugo'), hugo, ['--quiet', '-s', at('hugo'), '-d', at('out-hugo')]);
  if (there(pagefind) && !process.env.NO_SEARCH) {
    row('Pagefind on Hugo’s pages', remove('out-hugo/pagefind'), pagefind, ['--site', at('out-hugo')]);
  }
}
if (there(zola)) row('Zola', remove('out-zola'), zola, ['--root', at('zola'), 'build', '--output-dir', at('out-zola')]);
console.log(`${pages} pages, medians of ${runs}\n`);
console.log('| build | wall s | processor s | peak MiB |\n| --- | --- | --- | --- |');
console.log(rows.join('\n'));
ratio('no search: Sala / Hugo', 'Sala, no search', 'Hugo');
ratio('no search: Sala / Zola without its index', 'Sala, no search', 'Zola');
ratio('with search: Sala / Hugo without search', 'Sala, with search', 'Hugo');
if (ratios.length > 0) {
  console.log('\n| ratio | by the clock | processor |\n| --- | --- | --- |');
  console.log(ratios.join('\n'));
}
