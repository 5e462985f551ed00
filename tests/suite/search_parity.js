// Compares the script's answers over exported files with the command line's.
// Arguments: the router file, the cases.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');
const router = process.argv[2];
const cases = JSON.parse(fs.readFileSync(process.argv[3], 'utf8'));
const page = vm.createContext({ console });
vm.runInContext('var self = this;', page);
const run = (file) => vm.runInContext(fs.readFileSync(file, 'utf8'), page, { filename: file });
run(router);
const S = page.SalaSearch;
const site = S.site;
const folder = path.dirname(router);
const need = (names, done) => {
  for (const name of names) if (site.files[name] === undefined) run(path.join(folder, S.path(site, name)));
  done(null);
};
let bad = 0;
for (const c of cases) {
  const ask = { text: c.q, facets: {}, sort: c.sort, literal: c.literal, counts: site.facets.map((f) => f[0]) };
  for (const [field, term] of c.facets) (ask.facets[field] = ask.facets[field] || []).push(term);
  S.query(site, ask, need, (error, answer) => {
    if (error) throw error;
    const docs = answer.order.slice(0, 10);
    S.fragments(site, docs, need, (error2, fragments) => {
      if (error2) throw error2;
      const needles = S.needles(answer.words, !answer.exact);
      const hits = fragments.map((f, i) => {
        const h = S.hit(f, needles);
        const more = h.sections.map((s) => [s.url, s.heading, s.excerpt]);
        return [docs[i], answer.scores[docs[i]], h.url, h.title, h.heading, h.excerpt, more, answer.folded[docs[i]] || []];
      });
      const counts = {};
      for (const [field, , terms] of answer.facets) for (const t of terms) counts[field + '=' + t[0]] = t[2];
      const got = {
        total: answer.total,
        hits,
        suggestion: answer.exact ? '' : S.suggest(answer.text, fragments.slice(0, 3)),
        switched: answer.switched,
        near: !answer.exact,
        synonyms: answer.synonyms,
        reading: answer.reading ? [answer.reading.text, answer.reading.kind, answer.reading.question] : [],
      };
      const want = Object.assign({}, c.answer);
      const wantCounts = {};
      for (const [field, terms] of want.facets) for (const t of terms) wantCounts[field + '=' + t[0]] = t[1];
      delete want.facets;
      const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
      const ordered = { total: want.total, hits: want.hits, suggestion: want.suggestion, switched: want.switched, near: want.near, synonyms: want.synonyms, reading: want.reading };
      const countsDiffer = Object.keys(wantCounts).some((k) => wantCounts[k] !== (counts[k] || 0));
      if (!same(got, ordered) || countsDiffer) {
        bad++;
        if (bad <= 3) {
          console.error('differs for', JSON.stringify(c.q), c.facets, 'counts differ:', countsDiffer);
          for (const k of Object.keys(got)) {
            if (k === 'hits') {
              for (let i = 0; i < Math.max(got.hits.length, ordered.hits.length); i++) {
                if (!same(got.hits[i], ordered.hits[i])) {
                  console.error(' script ', JSON.stringify(got.hits[i]), '\n command', JSON.stringify(ordered.hits[i]));
                  break;
                }
              }
            } else if (!same(got[k], ordered[k])) console.error(' ', k, got[k], ordered[k]);
          }
        }
      }
    });
  });
}
if (bad) {
  console.error(bad + ' of ' + cases.length + ' queries differ');
  process.exit(1);
}
console.log(cases.length + ' queries agree');
