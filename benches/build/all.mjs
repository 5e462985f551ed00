// Every figure of docs/figures.md on builds, the preview and `sala search`, in one run: portals of 10,000 and 100,000
// pages beside Hugo and Zola, and this repository's portal. Nothing else should run; it takes about half an hour.
// Usage: SALA=… HUGO=hugo ZOLA=zola node benches/build/all.mjs <folder in memory> [pages] [many pages]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [folder, few, many] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node benches/build/all.mjs <folder> [pages] [many pages]');
  process.exit(2);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../..');
const sala = path.resolve(process.env.SALA || path.join(root, 'target/release/sala'));
const env = { ...process.env, SALA: sala };
const at = (...parts) => path.join(path.resolve(folder), ...parts);

function run(program, args, more = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', env, maxBuffer: 1 << 26, ...more });
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}
const bench = (name, args, more) => console.log(run(process.execPath, [path.join(here, name), ...args], more));

/** Median time of `sala search` in a portal in which nothing changed for a while: what was saved a moment ago may change again. */
function search(portal, query) {
  spawnSync('sleep', ['5']);
  const ask = () => run(sala, ['search', '--portal', portal, query], { stdio: ['ignore', 'ignore', 'pipe'] });
  ask();
  const took = Array.from({ length: 9 }, () => {
    const start = performance.now();
    ask();
    return performance.now() - start;
  });
  return took.sort((a, b) => a - b)[4].toFixed(0);
}

const small = few || '10000';
console.log(`# ${small} pages\n`);
bench('run.mjs', [at('few'), small]);
console.log('# Preview: 10,000 pages\n');
bench('preview.mjs', [at('few/sala'), 'content/articles/a-7.md', 'articles/a-7.html']);

// A copy, as the preview writes into the portal that it watches.
const portal = at('portal');
fs.cpSync(root, portal, { recursive: true, filter: (from) => !/[\\/](target|node_modules|\.git|\.sala|public)$/.test(from) });
console.log("# This repository's portal, fresh\n");
run(sala, ['build', '--portal', portal, '-o', at('site')]);
fs.rmSync(path.join(portal, '.sala'), { recursive: true, force: true });
fs.rmSync(at('site'), { recursive: true, force: true });
console.log(run('/usr/bin/time', ['-f', '%e s by the clock, %U s and %S s of processor time, %M KiB', sala, 'build', '--portal', portal, '-o', at('site'), '--timings'], { stdio: ['ignore', 'pipe', 'inherit'] }));
console.log("# Preview: this repository's portal\n");
bench('preview.mjs', [portal, 'content/innovations/inn-beach-lab.md', 'innovations/inn-beach-lab.html']);
console.log('# `sala search`, nothing changed\n');
console.log(`${search(portal, 'อ่านไม่คล่อง')} ms in this repository's portal, ${search(at('few/sala'), 'อ่าน')} ms at ${small} pages\n`);

fs.rmSync(at('few'), { recursive: true, force: true });
const large = many || '100000';
console.log(`# ${large} pages\n`);
// The others would need more memory than a small machine has.
bench('run.mjs', [at('many'), large, '1'], { env: { ...env, HUGO: 'none', ZOLA: 'none', PAGEFIND: 'none' } });
