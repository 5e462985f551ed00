// --- The order of the matches (Rust: query/literal.rs, query/settle.rs) ---
const NAME = 1;
const BEGINS = 2;
const HOLDS = 3;
const HEADING = 4;
const SUMMARY = 5;
const TEXT = 6;
const WORDS = 7;
const REST = 8;
const NONE = 255;
function wantedOf(tokens, words) {
  const c = tokens.reduce((all, t) => all.concat(Array.from(t)), []);
  return { c, n: c.length, flat: c.map(flat).join(''), tokens: S.needles(tokens), words: S.needles(words) };
}
function isIn(p, wanted) {
  if (holdsStems(p, wanted.tokens)) return true;
  const anywhere = wanted.n > 2 && isThai(wanted.c[0]);
  // A number is no part of another.
  const number = /[0-9]/.test(wanted.c[wanted.n - 1]);
  const ends = (end) => !number || end === p.c.length || p.begins[end];
  return places(p.flat, wanted.flat).some((at) => (anywhere || p.begins[at]) && ends(at + wanted.n));
}
function holdsToken(p, d) { return whole(p, d).length > 0 || byKey(p, d).length > 0; }
// A fragment as it is shown, its texts unpacked and folded once.
S.ready = function (site, fragment) {
  if (fragment.ready) return fragment.ready;
  const text = (packed) => S.unpack(packed, site.base);
  fragment[1] = text(fragment[1]);
  fragment[2] = text(fragment[2]);
  fragment[6] = fragment[6].map((s) => s.map(text));
  fragment[7] = fragment[7].map(text);
  fragment[9] = fragment[9].map((s) => s.map(text));
  fragment[10] = fragment[10].map(text);
  fragment.ready = {
    names: [fragment[1], fragment[4]].concat(fragment[7]).map(S.prepare),
    shorts: fragment[10].map(S.prepare),
    sections: fragment[6].map((s) => [S.prepare(s[1]), S.prepare(s[2])])
  };
  return fragment.ready;
};
// Places of the signs in the window (Rust: packing.rs).
const PLACES = [];
for (let i = 0x21, at = 0; i < 0x7f; i++) if ('"<\\`'.indexOf(String.fromCharCode(i)) < 0) PLACES[i] = at++;
S.unpack = function (packed, base) {
  if (!base) return packed;
  let within = true;
  let out = '';
  for (let i = 0; i < packed.length; i++) {
    const n = packed.charCodeAt(i);
    if (n === 96) {
      if (packed.charCodeAt(i + 1) === 96) { out += '`'; i++; } else within = !within;
    } else out += within && PLACES[n] !== undefined ? String.fromCharCode(base + PLACES[n]) : packed[i];
  }
  return out;
};
function namedTier(ready, wanted) {
  let best = ready.shorts.some((p) => p.flat.startsWith(wanted.flat)) ? BEGINS : NONE;
  ready.names.forEach((p) => {
    const begins = p.flat.startsWith(wanted.flat);
    const tier = p.flat === wanted.flat ? NAME : begins ? BEGINS : isIn(p, wanted) ? HOLDS : NONE;
    best = Math.min(best, tier);
  });
  return best;
}
function tierOf(fragment, ready, wanted, variants) {
  const own = namedTier(ready, wanted);
  if (own < NONE) return own;
  if (ready.sections.some(([heading]) => isIn(heading, wanted))) return HEADING;
  const at = ready.sections.findIndex(([, text]) => isIn(text, wanted));
  if (at >= 0) return !at && !fragment[6][0][0] && !fragment[6][0][1] ? SUMMARY : TEXT;
  const words = (w) => w.tokens.every((t) => ready.names.some((p) => holdsToken(p, t)));
  return words(wanted) || variants.some((v) => namedTier(ready, v) < NONE || words(v)) ? WORDS : REST;
}
function nearTier(ready, wanted) {
  const limit = nearLimit(wanted.n);
  let best = NONE;
  if (limit) {
    ready.names.forEach((p) => {
      const found = nearest(p, wanted.c, limit);
      if (found) best = Math.min(best, K.tierNear + 2 * found[0]);
    });
    ready.sections.forEach((section) => section.forEach((p) => {
      const found = nearest(p, wanted.c, limit);
      if (found) best = Math.min(best, K.tierNear + 2 * found[0] + 1);
    }));
  }
  if (best < NONE) return best;
  const held = wanted.words.some((d) => d.n > 2 &&
    (ready.sections.some((section) => section.some((p) => holdsToken(p, d))) ||
      ready.names.some((p) => holdsToken(p, d))));
  return held ? K.tierWord : NONE;
}
// Positions of the kinds of the documents.
S.kindAt = function (site, doc) {
  if (!site.kindOf) {
    site.kindOf = new Int16Array(site.n).fill(-1);
    let at = 0;
    site.runs.forEach(([count, kind]) => {
      if (kind !== null) site.kindOf.fill(kind, at, at + count);
      at += count;
    });
  }
  return site.kindOf[doc];
};
function weights(site, question) {
  return site.kinds.map((k) => k[2] + (question && k[4].indexOf(question) >= 0 ? K.answers : 0));
}
function isList(site, d) { const k = S.kindAt(site, d); return k >= 0 && site.kinds[k][6]; }
// The first documents that a test takes, those with the best tiers and scores.
function first(scored, most, takes) {
  const docs = [];
  scored.scores.forEach((score, d) => { if (score > 0 && takes(d)) docs.push(d); });
  const { tiers, scores } = scored;
  return docs.sort((a, b) => tiers[a] - tiers[b] || scores[b] - scores[a] || a - b).slice(0, most);
}
function reading(site, scored, docs, need, done, f) {
  S.fragments(site, docs, need, (error, fragments) => {
    if (error) return done(error);
    let out;
    try {
      const wanted = wantedOf(scored.tokens, scored.words);
      out = docs.filter((d, i) => f(fragments[i], S.ready(site, fragments[i]), wanted));
    } catch (e) { return done(e); }
    done(null, out);
  });
}
// Whether an entry is named so, in whole or in part.
S.isNamed = function (site, scored, need, done) {
  const docs = first(scored, K.top, (d) => scored.tiers[d] <= HOLDS && !isList(site, d));
  if (!docs.length) return done(null, false);
  if (scored.certain && scored.tiers[docs[0]] <= BEGINS) return done(null, true);
  reading(site, scored, docs, need, (error, found) => done(error, !error && found.length > 0),
    (fragment, ready, wanted) => tierOf(fragment, ready, wanted, []) <= HOLDS);
};
// Whether a text differs from it in a few characters only.
S.isNear = function (site, scored, need, done) {
  const near = first(scored, K.near, () => true);
  reading(site, scored, near, need, (error, found) => done(error, !error && found.length > 0),
    (fragment, ready, wanted) => nearTier(ready, wanted) < K.tierWord);
};
// Lists that have the query as a name.
S.namedLists = function (site, scored, need, done) {
  reading(site, scored, first(scored, K.top, (d) => scored.tiers[d] === NAME && isList(site, d)), need, done,
    (fragment, ready, wanted) => tierOf(fragment, ready, wanted, []) === NAME);
};
// Documents in order, with their texts read as far as they are needed; those that are no hits go.
S.settle = function (site, scored, docs, question, need, done) {
  const of = weights(site, question);
  const tiers = scored.tiers;
  const weight = (d) => { const k = S.kindAt(site, d); return k < 0 ? K.kindWeight : of[k]; };
  const value = (d) => scored.scores[d] * (K.weightBase + weight(d));
  function tier(d) {
    const t = tiers[d];
    const k = S.kindAt(site, d);
    if (k < 0) return t;
    // A list answers to its whole name only; what answers the question needs not be named by it alone.
    if (site.kinds[k][6] && t >= BEGINS && t <= TEXT) return WORDS;
    return t <= HOLDS && question && site.kinds[k][4].indexOf(question) >= 0 ? (t === NAME ? 0 : NAME) : t;
  }
  function before(a, b) {
    const t = tier(a);
    if (t !== tier(b)) return t - tier(b);
    if (t <= HOLDS && weight(a) !== weight(b)) return weight(b) - weight(a);
    return value(b) - value(a) || a - b;
  }
  let wanted;
  let variants;
  let order;
  try {
    order = sorted(site, docs, (d) => tier(d) * 32 + (tier(d) <= HOLDS ? 31 - weight(d) : 0), value);
    wanted = wantedOf(scored.tokens, scored.words);
    variants = scored.variants.map((tokens) => wantedOf(tokens, []));
  } catch (e) { return done(e); }
  if (!scored.exact) {
    order = order.slice(0, K.near);
    return S.fragments(site, order, need, (error, fragments) => {
      if (error) return done(error);
      try {
        order.forEach((d, i) => {
          const reached = nearTier(S.ready(site, fragments[i]), wanted);
          tiers[d] = reached === K.tierWord && !scored.worded[d] ? NONE : reached;
        });
        order = order.filter((d) => tiers[d] < NONE).sort(before);
      } catch (e) { return done(e); }
      done(null, order);
    });
  }
  const read = new Set();
  (function round() {
    const next = order.slice(0, K.top).filter((d) => !read.has(d));
    if (!next.length || read.size >= K.read) return done(null, order);
    S.fragments(site, next, need, (error, fragments) => {
      if (error) return done(error);
      try {
        next.forEach((d, i) => {
          tiers[d] = tierOf(fragments[i], S.ready(site, fragments[i]), wanted, variants);
          read.add(d);
        });
        // Those that were read are taken out and put where they belong.
        order = order.filter((d) => next.indexOf(d) < 0);
        next.sort(before);
        let at = 0;
        next.forEach((d) => {
          while (at < order.length && before(order[at], d) < 0) at++;
          order.splice(at++, 0, d);
        });
      } catch (e) { return done(e); }
      round();
    });
  }());
};
// Takes out of the order what only refers to one of the first hits: { hit: documents }.
S.foldUnder = function (site, scored, order, need, done) {
  const first = order.slice(0, K.folding);
  S.fragments(site, first, need, (error, fragments) => {
    if (error) return done(error);
    const folded = {};
    const gone = new Set();
    first.forEach((doc, i) => {
      const own = scored.tiers[doc];
      if (own > HOLDS || gone.has(doc)) return;
      const kind = S.kindAt(site, doc);
      const lists = kind >= 0 && site.kinds[kind][6];
      const refers = new Set(fragments[i][8]);
      const goes = (d) => !gone.has(d) && scored.tiers[d] > own && (lists || scored.tiers[d] > HOLDS) && refers.has(d);
      const under = order.filter(goes);
      under.forEach((d) => gone.add(d));
      if (under.length) folded[doc] = under;
    });
    done(null, folded, gone.size ? order.filter((d) => !gone.has(d)) : order);
  });
};
// Sorts by a group and a value: sorting numbers is many times faster than comparing.
function sorted(site, docs, group, value) {
  const groups = [];
  const n = site.n;
  docs.forEach((d) => {
    const g = group(d);
    (groups[g] = groups[g] || []).push(d - value(d) * n);
  });
  const out = [];
  groups.forEach((keys) => {
    Float64Array.from(keys).sort().forEach((key) => { out.push(key - Math.floor(key / n) * n); });
  });
  return out;
}
