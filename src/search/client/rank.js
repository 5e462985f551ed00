// --- The ranking (Rust: rank.rs, query.rs) ---
var COVERAGE = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 3, 5, 9, 15, 26];
S.idf = function (docs, df) {
  var r = (2 * docs + 2) / (2 * df + 1), out = 0;
  while (r >= 2) { r /= 2; out += 16; }
  for (var bit = 8; bit; bit >>= 1) {
    r *= r;
    if (r >= 2) { r /= 2; out += bit; }
  }
  return Math.max(1, out);
};
function needed(best, all) { return best >= all ? Math.ceil(4 * all / 5) : Math.max(1, Math.ceil(best / 3)); }
// Scores of a plan; `list(term)` gives a decoded list; a variant must be covered whole.
S.score = function (site, plan, list, variant) {
  var n = site.n, scores = new Float64Array(n), cover = new Uint32Array(n), plain = new Uint32Array(n);
  var own = new Uint32Array(n), total = 0, all = 0, i;
  function add(l, weight) {
    var idf = S.idf(n, l.length / 2), w = weight * idf;
    for (var j = 0; j < l.length; j += 2) scores[l[j]] += w * site.impacts[l[j + 1] * 16 + site.norms[l[j]]];
    return idf;
  }
  plan.forEach(function (t) {
    own.fill(0);
    var units = t.grams.length, grams = units > 0;
    t.grams.forEach(function (g) {
      var l = list(g);
      total += add(l, 1);
      for (var j = 0; j < l.length; j += 2) own[l[j]]++;
    });
    if (grams) for (i = 0; i < n; i++) plain[i] += own[i];
    [[t.word, 2], [t.start, 1]].forEach(function (w) {
      var l = w[0] ? list(w[0]) : EMPTY;
      if (!l.length) return;
      if (!grams && t.n < 3) units = 1;
      var idf = add(l, w[1]);
      if (!grams) total += idf;
      for (var j = 0; j < l.length; j += 2) own[l[j]] = units;
    });
    if (!grams) for (i = 0; i < n; i++) plain[i] += own[i];
    all += units;
    for (i = 0; i < n; i++) cover[i] += own[i];
  });
  var best = 0, exact = false;
  for (i = 0; i < n; i++) {
    if (cover[i] > best) best = cover[i];
    if (all && plain[i] >= all) exact = true;
  }
  var need = variant ? all : needed(best, all);
  for (i = 0; i < n; i++) {
    if (!all || cover[i] < need) scores[i] = 0;
    else scores[i] += total * COVERAGE[Math.floor(16 * cover[i] / all)];
  }
  return { scores: scores, exact: exact, total: total };
};
