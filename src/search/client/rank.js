// --- The ranking (Rust: rank.rs, query.rs) ---
var FEW = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 3, 6, 13, 24, 44, 76, 128];
var MANY = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20];
S.idf = function (docs, df) {
  var r = (2 * docs + 2) / (2 * df + 1), out = 0;
  while (r >= 2) { r /= 2; out += 16; }
  for (var bit = 8; bit; bit >>= 1) {
    r *= r;
    if (r >= 2) { r /= 2; out += bit; }
  }
  return Math.max(1, out);
};
function needed(best, all, many) {
  var need = best >= all ? many ? all / 2 : 7 * all / 10 : many ? best / 3 : 2 * best / 5;
  return Math.max(1, Math.ceil(need));
}
// Scores of a plan; `list(term)` gives a decoded list; a variant must be covered whole.
S.score = function (site, plan, list, variant) {
  var n = site.n, many = plan.many, bonus = many ? MANY : FEW, scores = new Float64Array(n), cover = new Uint32Array(n);
  var plain = new Uint32Array(n), own = new Uint32Array(n), total = 0, all = 0, words = [], i;
  function add(l, weight) {
    var idf = S.idf(n, l.length / 2), w = weight * idf;
    for (var j = 0; j < l.length; j += 2) scores[l[j]] += w * site.impacts[l[j + 1] * 16 + site.norms[l[j]]];
    return idf;
  }
  function show(text) { if (words.indexOf(text) < 0) words.push(text); }
  plan.forEach(function (t) {
    // A token's units: its n-grams, or for a short one what it has of lists.
    // A number is whole by its key: the other era's number has no n-grams.
    var units = 0, grams = t.grams.length > 0, short = !grams && t.n < 3, byKey = short || /^[0-9]/.test(t.text), shown = words.length, lists = [];
    own.fill(0);
    t.grams.forEach(function (g) {
      var l = list(g), idf = add(l, many ? 2 : 5);
      units += idf;
      for (var j = 0; j < l.length; j += 2) own[l[j]] += idf;
    });
    if (!byKey) for (i = 0; i < n; i++) plain[i] += own[i];
    t.words.forEach(function (w) {
      var l = list(w[0]);
      if (t.cut && l.length * 2 <= n && Array.from(w[1]).length > 2) show(w[1]);
      lists.push([l, 10]);
    });
    if (words.length === shown) show(t.text);
    if (t.start) lists.push([list(t.start), 5]);
    lists.forEach(function (l) {
      if (!l[0].length) return;
      var idf = add(l[0], l[1]);
      if (short) units = Math.max(units, idf);
    });
    if (!t.cut) lists.forEach(function (l) { for (var j = 0; j < l[0].length; j += 2) own[l[0][j]] = units; });
    if (byKey) for (i = 0; i < n; i++) plain[i] += own[i];
    total += units;
    all += units;
    for (i = 0; i < n; i++) cover[i] += own[i];
  });
  var best = 0, exact = false, whole = 0;
  for (i = 0; i < n; i++) {
    if (cover[i] > best) best = cover[i];
    if (all && plain[i] >= all) exact = true;
  }
  var need = variant ? all : needed(best, all, many);
  for (i = 0; i < n; i++) {
    if (!all || cover[i] < need) scores[i] = 0;
    else {
      scores[i] += total * bonus[Math.floor(16 * cover[i] / all)];
      if (cover[i] >= all) whole++;
    }
  }
  return { scores: scores, exact: exact, whole: whole, total: total, words: words };
};
