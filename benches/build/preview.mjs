// Saves a page again and again while the preview runs, and measures the time from the save to the answer that makes
// a browser reload. Prints a Markdown table: median and 95th percentile of the time, processor time per save.
// Usage: SALA=target/release/sala node benches/build/preview.mjs <portal> <file> <page> [saves]
// <file> is relative to the portal, <page> the address of its page; the file gets its old text back at the end.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const [portal, file, page, times] = process.argv.slice(2);
const saves = Number(times || 20);
if (!portal || !file || !page || !(saves > 0)) {
  console.error('usage: node benches/build/preview.mjs <portal> <file> <page> [saves]');
  process.exit(2);
}
const target = path.join(portal, file);
const original = fs.readFileSync(target, 'utf8');
const edits = {
  'paragraph added': (n) => `${original}\nย่อหน้าใหม่ครั้งที่ ${n}\n`,
  'title changed': (n) => original.replace(/^title = "(.*)"$/m, `title = "$1 ${n}"`),
};

const server = spawn(process.env.SALA || 'target/release/sala', ['serve', '--portal', portal, '--lang', 'en'], { stdio: ['ignore', 'pipe', 'ignore'] });
const address = await new Promise((resolve, reject) => {
  server.stdout.on('data', (data) => resolve(String(data).trim()));
  server.on('exit', () => reject(new Error('the preview ended')));
});

/** User and system time of the server in milliseconds. */
function cpu() {
  const fields = fs.readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const news = async (seen) => (await fetch(`${address}.sala/news?page=${page}&seen=${seen}`)).json();
const at = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

const rows = [];
try {
  await (await fetch(address + page)).text();
  let { state, version } = await news('');
  for (const [name, edit] of Object.entries(edits)) {
    const took = [];
    let used = 0;
    for (let n = 1; n <= saves; n++) {
      await pause(400);
      const waiting = news(state);
      await pause(50);
      const before = cpu();
      const start = performance.now();
      // As editors do: beside it, then in its place.
      fs.writeFileSync(`${target}.tmp`, edit(n));
      fs.renameSync(`${target}.tmp`, target);
      let answer = await waiting;
      while (answer.version === version) answer = await news(answer.state);
      took.push(performance.now() - start);
      used += cpu() - before;
      ({ state, version } = answer);
    }
    rows.push(`| ${name} | ${at(took, 0.5).toFixed(0)} | ${at(took, 0.95).toFixed(0)} | ${(used / saves).toFixed(0)} |`);
  }
} finally {
  fs.writeFileSync(target, original);
  server.kill();
}
console.log(`${saves} saves each\n`);
console.log('| change | median ms | 95th percentile ms | processor ms |\n| --- | --- | --- | --- |');
console.log(rows.join('\n'));
