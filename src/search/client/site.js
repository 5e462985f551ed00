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
  const zone = '=^!'.indexOf(term[0]) >= 0 ? 'w' : 't';
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
    if (plan.name) out.add(shardOf(site, plan.name));
    plan.forEach((t) => {
      t.grams.concat(t.words.map((w) => w[0]), t.start || []).forEach((term) => { out.add(shardOf(site, term)); });
    });
  });
  return Array.from(out);
}
// Scores of folded words; where few pages hold them whole, with their synonyms.
function scoreWords(site, words, need, done) {
  let plan;
  let scored;
  if (!words || !words.length) return done(null, null);
  function list(term) { return S.listOf(site, term); }
  function synonyms(variants) {
    try {
      variants.forEach((v) => {
        const s = S.score(site, v.plan, list, true);
        if (!s.whole) return;
        scored.synonyms.push(v.word);
        scored.variants.push(v.words);
        // A longer wording sums up more weight: scores are brought to one scale.
        const all = Math.max(1, s.total);
        const own = scored.total || all;
        for (let i = 0; i < site.n; i++) {
          const brought = Math.floor(s.scores[i] * K.synonym[0] * own / (K.synonym[1] * all));
          scored.scores[i] = Math.max(scored.scores[i], brought);
          // What is named by a synonym stands with what has all words in its name.
          scored.tiers[i] = Math.min(scored.tiers[i], s.tiers[i] <= HOLDS ? WORDS : Math.max(s.tiers[i], REST));
          if (s.held[i]) scored.held[i] = 1;
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
      if (scored.whole < K.rare) {
        variants = S.variants(words, site.syn)
          .map(([text, word]) => ({ word, words: text, plan: S.plan(text, site, plan.many) }));
      }
    } catch (e) { return done(e); }
    need(filesOf(site, variants.map((v) => v.plan)), (error) => {
      if (error) done(error); else synonyms(variants);
    });
  });
}
// Chooses what is looked for among the readings of a query (Rust: query/mod.rs).
function choose(site, ask, need, done) {
  const own = S.words(ask.text);
  const chosen = (scored, more) => done(null, Object.assign({ scored, text: ask.text, switched: '', reading: null, lists: [] }, more));
  scoreWords(site, own, need, (error, scored) => {
    if (error) return done(error);
    if (!scored) return chosen(null);
    S.isNamed(site, scored, need, (error, named) => {
      if (error) return done(error);
      if (named) return chosen(scored);
      let readings = [];
      try {
        const folded = S.fold(ask.text.slice(0, 4000)).c.slice(0, K.query).join('');
        const ofKind = (ask.facets.kind || []).length > 0;
        if (!ask.literal) readings = S.readings(folded, site).filter((r) => !(ofKind && r.kind));
      } catch (e) { return done(e); }
      read(scored, readings, 0);
    });
  });
  function read(scored, readings, at) {
    const reading = readings[at];
    if (!reading) return asTyped(scored);
    const next = () => read(scored, readings, at + 1);
    scoreWords(site, S.words(reading.text), need, (error, other) => {
      if (error) return done(error);
      const kind = site.kinds.findIndex((k) => k[0] === reading.kind);
      if (!other || !other.held.some((h, d) => h && (!reading.kind || S.kindAt(site, d) === kind))) return next();
      function take() {
        if (!reading.kind) return chosen(other, { text: reading.text, reading });
        S.namedLists(site, scored, need, (error, lists) => {
          if (error) done(error); else chosen(other, { text: reading.text, reading, lists });
        });
      }
      if (!reading.named) return take();
      S.isNamed(site, other, need, (error, named) => {
        if (error) done(error); else if (named) take(); else next();
      });
    });
  }
  function asTyped(scored) {
    if (scored.exact) return chosen(scored);
    S.isNear(site, scored, need, (error, near) => {
      if (error) return done(error);
      if (near) return chosen(scored);
      const other = (!scored.any || !/[ก-๛]/.test(ask.text)) && S.otherLayout(ask.text);
      if (!other) return cutApart(scored);
      scoreWords(site, S.words(other), need, (error, found) => {
        if (error) return done(error);
        if (found && found.any && (found.exact || !scored.any)) chosen(found, { text: other, switched: other });
        else cutApart(scored);
      });
    });
  }
  function cutApart(scored) {
    let cut;
    try { cut = S.unglued(own, site); } catch (e) { return done(e); }
    scoreWords(site, cut, need, (error, words) => {
      if (error) done(error); else chosen(words && words.any ? words : scored);
    });
  }
}
// Runs a query. ask: { text, facets: {field: [terms]}, sort, literal, counts: fields whose counts are wanted }.
// need(names, done) loads files. The answer has order (documents), total, facets, words, exact, switched, synonyms,
// reading.
S.query = function (site, ask, need, done) {
  choose(site, ask, need, (error, chosen) => {
    if (error) done(error); else filter(site, ask, chosen, need, done);
  });
};
const ORDERS = { year: 0, strength: 1, name: 2 };
function filter(site, ask, { scored, text, switched, reading, lists }, need, done) {
  const n = site.n;
  const chosen = Object.assign({}, ask.facets);
  if (reading && reading.kind) chosen.kind = (chosen.kind || []).concat(reading.kind);
  const fields = Object.keys(chosen).filter((field) => chosen[field].length);
  const names = [];
  site.facets.forEach(([field, , number]) => {
    if (ask.counts.indexOf(field) >= 0 || fields.indexOf(field) >= 0) names.push('x' + number);
  });
  const by = ORDERS[ask.sort];
  if (by !== undefined) names.push('y' + by);
  need(names, (error) => {
    if (error) return done(error);
    const answer = {
      order: [], facets: [], words: scored ? shownWords(site, scored.words) : [], exact: !scored || scored.exact,
      synonyms: scored ? scored.synonyms : [], switched, reading, text
    };
    const scores = scored ? scored.scores : new Float64Array(n);
    const missed = new Uint8Array(n);
    const sets = {};
    const docs = [];
    try {
      fields.forEach((field) => {
        const set = sets[field] = new Uint8Array(n);
        site.facets.forEach(([name, , number]) => {
          if (name === field) S.facetOf(site, number).forEach(([term, , pairs]) => {
            if (chosen[field].indexOf(term) >= 0) for (let j = 0; j < pairs.length; j += 2) set[pairs[j]] = 1;
          });
        });
        for (let i = 0; i < n; i++) if (!set[i]) missed[i]++;
      });
      for (let i = 0; i < n; i++) if (!missed[i] && (!scored || scores[i] > 0)) docs.push(i);
    } catch (e) { return done(e); }
    if (!scored || (by !== undefined && answer.exact)) return counted(null, docs);
    S.settle(site, scored, docs, reading ? reading.question : '', need, counted);
    function counted(error, order) {
      if (error) return done(error);
      try {
        // Hits that are only near are those that were read.
        const match = new Uint8Array(n);
        if (answer.exact) for (let i = 0; i < n; i++) match[i] = !scored || scores[i] > 0 ? 1 : 0;
        else order.forEach((d) => { match[d] = 1; });
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
        if (by !== undefined) {
          const keys = site.files['y' + by];
          const more = by === ORDERS.name ? -1 : 1;
          order.sort((a, b) => more * (keys[b] - keys[a]) || (by === ORDERS.name ? 0 : scores[b] - scores[a]) || a - b);
        }
        if (by === undefined) order = lists.concat(order.filter((d) => lists.indexOf(d) < 0));
        answer.order = order;
        answer.scores = scores;
        answer.total = order.length;
        answer.folded = {};
      } catch (e) { return done(e); }
      if (!scored || !answer.exact || by !== undefined) return done(null, answer);
      S.foldUnder(site, scored, order, need, (error, folded, left) => {
        if (error) return done(error);
        answer.folded = folded;
        answer.order = left;
        done(null, answer);
      });
    }
  });
}
// Words to mark: those that tell nothing are left out where others do.
function shownWords(site, words) {
  const telling = words.filter((w) => site.stop.indexOf(w) < 0);
  return telling.length ? telling : words;
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
