// Processor time of a keystroke after the first load: the query, five hits with
// excerpts and two facets' counts, over an exported index in Node.
// Usage: node benches/search/keystroke.js <folder with search/>
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');
const folder = path.join(process.argv[2], 'search');
const router = fs.readdirSync(folder).filter((f) => /^router-.*\.js$/.test(f)).sort().pop();
const page = vm.createContext({});
vm.runInContext('var self = this;', page);
const run = (file) => vm.runInContext(fs.readFileSync(path.join(folder, file), 'utf8'), page);
run(router);
const S = page.SalaSearch;
const site = S.site;
const need = (names, done) => {
  for (const name of names) if (site.files[name] === undefined) run(S.path(site, name));
  done(null);
};
const times = [];
for (const pass of [0, 1, 2, 3]) {
  for (const word of ['การประเมิน', 'โรงเรียน', 'นวัตกรรม', 'คุณภาพผู้เรียน']) {
    for (let i = 1; i <= word.length; i++) {
      const start = process.cpuUsage();
      S.query(site, { text: word.slice(0, i), facets: {}, sort: '', counts: site.facets.slice(0, 2).map((f) => f[0]) }, need, (error, answer) => {
        if (error) throw error;
        S.fragments(site, answer.order.slice(0, 5), need, (e, fragments) => {
          const needles = S.needles(answer.words);
          fragments.forEach((f) => S.hit(f, needles));
          if (!answer.exact) S.suggest(answer.text, fragments.slice(0, 3));
        });
      });
      const spent = process.cpuUsage(start);
      if (pass) times.push((spent.user + spent.system) / 1000);
    }
  }
}
times.sort((a, b) => a - b);
console.log(`${site.n} pages: median ${times[times.length >> 1].toFixed(1)} ms, p95 ${times[Math.floor(times.length * 0.95)].toFixed(1)} ms`);
