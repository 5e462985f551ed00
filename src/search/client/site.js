// --- A site's index ---
// The router calls route(); shards call take(). `onroute` tells who waits.
S.route = function (data) {
  S.site = data;
  Object.assign(K, data.k);
  data.norms = S.bytes(data.norms);
  const norms = new Uint8Array(data.n);
  for (let i = 0; i < data.n; i++) norms[i] = i & 1 ? data.norms[i >> 1] >> 4 : data.norms[i >> 1] & 15;
  data.norms = norms;
  data.files = {};
  if (S.onroute) S.onroute(data);
};
S.take = function (hash, name, data) {
  if (S.site && hashOf(S.site, name) === hash) S.site.files[name] = data;
};
// The hash of a file's group: of what the group holds.
function hashOf(site, name) {
  const zone = site.z[name[0]];
  let out = '';
  const at = zone ? 4 * Math.floor(Number(name.slice(1)) / zone[0]) : 0;
  if (zone && typeof zone[2] === 'string') zone[2] = S.bytes(zone[2]);
  for (let i = at; zone && i < at + 4; i++) out += (256 + zone[2][i]).toString(16).slice(1);
  return out;
}
// Address of a file beside the router.
S.path = function (site, name) { return hashOf(site, name) + '/' + name + '.js'; };
function shardOf(site, term) {
  const zone = term[0] === '=' || term[0] === '^' ? 'w' : 't';
  return zone + Math.floor(S.hash(term, 0) * site.z[zone][1] / 4294967296);
}
// The list of a term, from its loaded shard.
S.listOf = function (site, term) {
  const name = shardOf(site, term);
  let shard = site.files[name];
  const p = { i: 1 };
  let at = 0;
  if (typeof shard === 'string') {
    const b = S.bytes(shard);
    shard = { b, seed: b[0] + 1, at: new Map() };
    while (p.i < b.length) {
      at += varint(b, p);
      const size = varint(b, p);
      shard.at.set(at, [p.i, p.i + size]);
      p.i += size;
    }
    if (p.i !== b.length) throw new Error('data');
    site.files[name] = shard;
  }
  const found = shard.at.get(S.hash(term, shard.seed) >>> 4);
  if (!found) return EMPTY;
  if (found.length === 2) {
    p.i = found[0];
    const df = varint(shard.b, p);
    found.push(S.list(shard.b, p.i, found[1], df, site.n, true));
  }
  return found[2];
};
// Documents of a facet's terms: [[term, label, Uint32Array of pairs]].
S.facetOf = function (site, i) {
  const data = site.files['x' + i];
  if (data.terms) return data.terms;
  const b = S.bytes(data[0]);
  const p = { i: 0 };
  data.terms = data[1].map((t) => {
    const df = varint(b, p);
    const size = varint(b, p);
    const at = p.i;
    p.i += size;
    return [t[0], t[1], S.list(b, at, p.i, df, site.n, false)];
  });
  return data.terms;
};
function filesOf(site, plans) {
  const out = new Set();
  plans.forEach((plan) => {
    plan.forEach((t) => {
      t.grams.concat(t.words.map((w) => w[0]), t.start || []).forEach((term) => { out.add(shardOf(site, term)); });
    });
  });
  return Array.from(out);
}
// Scores of a text; where few pages hold it whole, with its synonyms.
function scoreText(site, text, need, done) {
  const words = S.words(text);
  let plan;
  let scored;
  if (!words.length) return done(null, null);
  function list(term) { return S.listOf(site, term); }
  function synonyms(variants) {
    try {
      variants.forEach((v) => {
        const s = S.score(site, v.plan, list, true);
        if (!s.whole) return;
        scored.synonyms.push(v.word);
        // A longer wording sums up more weight: scores are brought to one scale.
        const all = Math.max(1, s.total);
        const own = scored.total || all;
        for (let i = 0; i < site.n; i++) {
          const brought = Math.floor(s.scores[i] * K.synonym[0] * own / (K.synonym[1] * all));
          scored.scores[i] = Math.max(scored.scores[i], brought);
        }
        scored.exact = scored.exact || s.exact;
        s.words.forEach((w) => { if (scored.words.indexOf(w) < 0) scored.words.push(w); });
      });
      scored.any = scored.scores.some((s) => s > 0);
    } catch (e) { return done(e); }
    done(null, scored);
  }
  try { plan = S.plan(words, site); } catch (e) { return done(e); }
  need(filesOf(site, [plan]), (error) => {
    if (error) return done(error);
    let variants = [];
    try {
      scored = S.score(site, plan, list, false);
      scored.synonyms = [];
      if (scored.whole < K.rare) {
        variants = S.variants(words, site.syn).map(([text, word]) => ({ word, plan: S.plan(text, site, plan.many) }));
      }
    } catch (e) { return done(e); }
    need(filesOf(site, variants.map((v) => v.plan)), (error) => {
      if (error) done(error); else synonyms(variants);
    });
  });
}
// Runs a query. ask: { text, facets: {field: [terms]}, sort, counts: fields whose
// counts are wanted }. need(names, done) loads files. The answer has
// order (documents), total, facets, words, exact, switched, synonyms.
S.query = function (site, ask, need, done) {
  scoreText(site, ask.text, need, (error, scored) => {
    if (error) return done(error);
    const doubtful = scored && (!scored.any || (!scored.exact && !/[ก-๛]/.test(ask.text)));
    const other = doubtful && S.otherLayout(ask.text);
    if (!other) return filter(site, ask, scored, '', need, done);
    scoreText(site, other, need, (error, found) => {
      if (error) return done(error);
      if (found && found.any && (found.exact || !scored.any)) filter(site, ask, found, other, need, done);
      else filter(site, ask, scored, '', need, done);
    });
  });
};
function filter(site, ask, scored, switched, need, done) {
  const names = [];
  const n = site.n;
  let i;
  site.facets.forEach(([field, , number]) => {
    if (ask.counts.indexOf(field) >= 0 || (ask.facets[field] || []).length) names.push('x' + number);
  });
  if (ask.sort === 'year') names.push('y');
  need(names, (error) => {
    if (error) return done(error);
    const answer = {
      order: [], facets: [], words: scored ? scored.words : [], exact: !scored || scored.exact,
      synonyms: scored ? scored.synonyms : [], switched, text: switched || ask.text
    };
    try {
      const match = new Uint8Array(n);
      const missed = new Uint8Array(n);
      const sets = {};
      let chosen = 0;
      for (i = 0; i < n; i++) match[i] = !scored || scored.scores[i] > 0 ? 1 : 0;
      Object.keys(ask.facets).forEach((field) => {
        if (!ask.facets[field].length) return;
        const set = sets[field] = new Uint8Array(n);
        site.facets.forEach(([name, , number]) => {
          if (name === field) S.facetOf(site, number).forEach(([term, , pairs]) => {
            if (ask.facets[field].indexOf(term) >= 0) for (let j = 0; j < pairs.length; j += 2) set[pairs[j]] = 1;
          });
        });
        chosen++;
        for (i = 0; i < n; i++) if (!set[i]) missed[i]++;
      });
      site.facets.forEach(([field, label, number]) => {
        if (ask.counts.indexOf(field) < 0) return;
        const set = sets[field];
        answer.facets.push([field, label, S.facetOf(site, number).map(([term, name, pairs]) => {
          let count = 0;
          for (let j = 0; j < pairs.length; j += 2) {
            const d = pairs[j];
            if (match[d] && missed[d] - (set && !set[d] ? 1 : 0) === 0) count++;
          }
          return [term, name, count];
        })]);
      });
      const scores = scored ? scored.scores : new Float64Array(n);
      const years = site.files.y;
      const all = [];
      for (i = 0; i < n; i++) if (match[i] && !missed[i]) all.push(i);
      if (ask.sort === 'year') {
        answer.order = all.sort((a, b) => years[b] - years[a] || scores[b] - scores[a] || a - b);
      } else {
        // Score and number in one: sorting numbers is many times faster.
        const keys = new Float64Array(all.length);
        for (i = 0; i < all.length; i++) keys[i] = all[i] - scores[all[i]] * n;
        keys.sort();
        for (i = 0; i < keys.length; i++) answer.order.push(keys[i] - Math.floor(keys[i] / n) * n);
      }
      answer.scores = scores;
      answer.total = answer.order.length;
    } catch (e) { return done(e); }
    done(null, answer);
  });
}
// Loads what is shown of some documents.
S.fragments = function (site, docs, need, done) {
  const names = new Set();
  const each = site.z.f[1];
  docs.forEach((d) => { names.add('f' + Math.floor(d / each)); });
  need(Array.from(names), (error) => {
    if (error) return done(error);
    done(null, docs.map((d) => site.files['f' + Math.floor(d / each)][d % each]));
  });
};
