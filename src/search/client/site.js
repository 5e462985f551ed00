// --- A site's index ---
// The router calls route(); shards call take(). `onroute` tells who waits.
S.route = function (data) {
  S.site = data;
  data.norms = S.bytes(data.norms);
  var norms = new Uint8Array(data.n);
  for (var i = 0; i < data.n; i++) norms[i] = i & 1 ? data.norms[i >> 1] >> 4 : data.norms[i >> 1] & 15;
  data.norms = norms;
  data.files = {};
  if (S.onroute) S.onroute(data);
};
S.take = function (stamp, name, data) {
  if (S.site && stampOf(S.site, name) === stamp) S.site.files[name] = data;
};
// The stamp of a file's group: a hash of what the group holds.
function stampOf(site, name) {
  var zone = site.z[name[0]], out = '', at = zone ? 4 * Math.floor(Number(name.slice(1)) / zone[0]) : 0;
  if (zone && typeof zone[2] === 'string') zone[2] = S.bytes(zone[2]);
  for (var i = at; zone && i < at + 4; i++) out += (256 + zone[2][i]).toString(16).slice(1);
  return out;
}
// Address of a file beside the router.
S.path = function (site, name) { return stampOf(site, name) + '/' + name + '.js'; };
function shardOf(site, term) {
  var zone = term[0] === '=' || term[0] === '^' ? 'w' : 't';
  return zone + Math.floor(S.hash(term, 0) * site.z[zone][1] / 4294967296);
}
// The list of a term, from its loaded shard.
S.listOf = function (site, term) {
  var name = shardOf(site, term), shard = site.files[name], p = { i: 1 }, at = 0;
  if (typeof shard === 'string') {
    var b = S.bytes(shard);
    shard = { b: b, seed: b[0] + 1, at: new Map() };
    while (p.i < b.length) {
      at += varint(b, p);
      var size = varint(b, p);
      shard.at.set(at, [p.i, p.i + size]);
      p.i += size;
    }
    if (p.i !== b.length) throw new Error('data');
    site.files[name] = shard;
  }
  var found = shard.at.get(S.hash(term, shard.seed) >>> 4);
  if (!found) return EMPTY;
  if (found.length === 2) {
    p.i = found[0];
    var df = varint(shard.b, p);
    found.push(S.list(shard.b, p.i, found[1], df, site.n, true));
  }
  return found[2];
};
// Documents of a facet's terms: [[term, label, Uint32Array of pairs]].
S.facetOf = function (site, i) {
  var data = site.files['x' + i];
  if (data.terms) return data.terms;
  var b = S.bytes(data[0]), p = { i: 0 };
  data.terms = data[1].map(function (t) {
    var df = varint(b, p), size = varint(b, p), at = p.i;
    p.i += size;
    return [t[0], t[1], S.list(b, at, p.i, df, site.n, false)];
  });
  return data.terms;
};
function filesOf(site, plans) {
  var out = new Set();
  plans.forEach(function (plan) {
    plan.forEach(function (t) {
      t.grams.concat(t.words.map(function (w) { return w[0]; }), t.start || []).forEach(function (term) { out.add(shardOf(site, term)); });
    });
  });
  return Array.from(out);
}
var RARE = 10;
// Scores of a text; where few pages hold it whole, with its synonyms.
function scoreText(site, text, need, done) {
  var words = S.words(text), plan, scored;
  if (!words.length) return done(null, null);
  function list(term) { return S.listOf(site, term); }
  function synonyms(variants) {
    try {
      variants.forEach(function (v) {
        var s = S.score(site, v.plan, list, true);
        if (!s.whole) return;
        scored.synonyms.push(v.word);
        // A longer wording sums up more weight: scores are brought to one scale.
        var all = Math.max(1, s.total), own = scored.total || all;
        for (var i = 0; i < site.n; i++) scored.scores[i] = Math.max(scored.scores[i], Math.floor(s.scores[i] * 9 * own / (10 * all)));
        scored.exact = scored.exact || s.exact;
        s.words.forEach(function (w) { if (scored.words.indexOf(w) < 0) scored.words.push(w); });
      });
      scored.any = scored.scores.some(function (s) { return s > 0; });
    } catch (e) { return done(e); }
    done(null, scored);
  }
  try { plan = S.plan(words, site); } catch (e) { return done(e); }
  need(filesOf(site, [plan]), function (error) {
    if (error) return done(error);
    var variants = [];
    try {
      scored = S.score(site, plan, list, false);
      scored.synonyms = [];
      if (scored.whole < RARE) variants = S.variants(words, site.syn).map(function (v) { return { word: v[1], plan: S.plan(v[0], site, plan.many) }; });
    } catch (e) { return done(e); }
    need(filesOf(site, variants.map(function (v) { return v.plan; })), function (error) {
      if (error) done(error); else synonyms(variants);
    });
  });
}
// Runs a query. ask: { text, facets: {field: [terms]}, sort, counts: fields whose
// counts are wanted }. need(names, done) loads files. The answer has
// order (documents), total, facets, words, exact, switched, synonyms.
S.query = function (site, ask, need, done) {
  scoreText(site, ask.text, need, function (error, scored) {
    if (error) return done(error);
    var doubtful = scored && (!scored.any || (!scored.exact && !/[ก-๛]/.test(ask.text)));
    var other = doubtful && S.otherLayout(ask.text);
    if (!other) return filter(site, ask, scored, '', need, done);
    scoreText(site, other, need, function (error, found) {
      if (error) return done(error);
      if (found && found.any && (found.exact || !scored.any)) filter(site, ask, found, other, need, done);
      else filter(site, ask, scored, '', need, done);
    });
  });
};
function filter(site, ask, scored, switched, need, done) {
  var names = [], n = site.n, i;
  site.facets.forEach(function (f) {
    if (ask.counts.indexOf(f[0]) >= 0 || (ask.facets[f[0]] || []).length) names.push('x' + f[2]);
  });
  if (ask.sort === 'year') names.push('y');
  need(names, function (error) {
    if (error) return done(error);
    var answer = { order: [], facets: [], words: scored ? scored.words : [], exact: !scored || scored.exact, synonyms: scored ? scored.synonyms : [], switched: switched, text: switched || ask.text };
    try {
      var match = new Uint8Array(n), missed = new Uint8Array(n), sets = {}, chosen = 0;
      for (i = 0; i < n; i++) match[i] = !scored || scored.scores[i] > 0 ? 1 : 0;
      Object.keys(ask.facets).forEach(function (field) {
        if (!ask.facets[field].length) return;
        var set = sets[field] = new Uint8Array(n);
        site.facets.forEach(function (f) {
          if (f[0] === field) S.facetOf(site, f[2]).forEach(function (t) {
            if (ask.facets[field].indexOf(t[0]) >= 0) for (var j = 0; j < t[2].length; j += 2) set[t[2][j]] = 1;
          });
        });
        chosen++;
        for (i = 0; i < n; i++) if (!set[i]) missed[i]++;
      });
      site.facets.forEach(function (f) {
        if (ask.counts.indexOf(f[0]) < 0) return;
        var set = sets[f[0]];
        answer.facets.push([f[0], f[1], S.facetOf(site, f[2]).map(function (t) {
          var count = 0;
          for (var j = 0; j < t[2].length; j += 2) {
            var d = t[2][j];
            if (match[d] && missed[d] - (set && !set[d] ? 1 : 0) === 0) count++;
          }
          return [t[0], t[1], count];
        })]);
      });
      var scores = scored ? scored.scores : new Float64Array(n), years = site.files.y, all = [];
      for (i = 0; i < n; i++) if (match[i] && !missed[i]) all.push(i);
      if (ask.sort === 'year') {
        answer.order = all.sort(function (a, b) { return years[b] - years[a] || scores[b] - scores[a] || a - b; });
      } else {
        // Score and number in one: sorting numbers is many times faster.
        var keys = new Float64Array(all.length);
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
  var names = new Set(), each = site.z.f[1];
  docs.forEach(function (d) { names.add('f' + Math.floor(d / each)); });
  need(Array.from(names), function (error) {
    if (error) return done(error);
    done(null, docs.map(function (d) { return site.files['f' + Math.floor(d / each)][d % each]; }));
  });
};
