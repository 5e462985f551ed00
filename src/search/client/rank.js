// --- The ranking (Rust: ranking.rs, query/score.rs) ---
S.idf = function (docs, df) {
  let r = (2 * docs + 2) / (2 * df + 1);
  let out = 0;
  while (r >= 2) { r /= 2; out += 16; }
  for (let bit = 8; bit; bit >>= 1) {
    r *= r;
    if (r >= 2) { r /= 2; out += bit; }
  }
  return Math.max(1, out);
};
function needed(best, all, weights) {
  const share = best >= all ? weights.whole : weights.part;
  return Math.max(1, Math.ceil(share[0] * (best >= all ? all : best) / share[1]));
}
// Scores of a plan; `list(term)` gives a decoded list; a variant must be covered whole.
S.score = function (site, plan, list, variant) {
  const n = site.n;
  const weights = plan.many ? K.many : K.few;
  const scores = new Float64Array(n);
  const cover = new Uint32Array(n);
  const plain = new Uint32Array(n);
  const own = new Uint32Array(n);
  let total = 0;
  let all = 0;
  const words = [];
  let i;
  function add(l, weight) {
    const idf = S.idf(n, l.length / 2);
    const w = weight * idf;
    for (let j = 0; j < l.length; j += 2) scores[l[j]] += w * site.impacts[l[j + 1] * K.steps + site.norms[l[j]]];
    return idf;
  }
  function show(text) { if (words.indexOf(text) < 0) words.push(text); }
  plan.forEach((t) => {
    // A token's units: its n-grams, or for a short one what it has of lists.
    // A number is whole by its key: the other era's number has no n-grams.
    let units = 0;
    const grams = t.grams.length > 0;
    const short = !grams && t.n < 3;
    const byKey = short || /^[0-9]/.test(t.text);
    const shown = words.length;
    const lists = [];
    own.fill(0);
    t.grams.forEach((g) => {
      const l = list(g);
      const idf = add(l, weights.gram);
      units += idf;
      for (let j = 0; j < l.length; j += 2) own[l[j]] += idf;
    });
    if (!byKey) for (i = 0; i < n; i++) plain[i] += own[i];
    t.words.forEach((w) => {
      const l = list(w[0]);
      if (t.cut && l.length / 2 * K.rareWord <= n && Array.from(w[1]).length > 2) show(w[1]);
      lists.push([l, weights.word]);
    });
    if (words.length === shown) show(t.text);
    if (t.start) lists.push([list(t.start), weights.start]);
    lists.forEach((l) => {
      if (!l[0].length) return;
      const idf = add(l[0], l[1]);
      if (short) units = Math.max(units, idf);
    });
    if (!t.cut) lists.forEach((l) => { for (let j = 0; j < l[0].length; j += 2) own[l[0][j]] = units; });
    if (byKey) for (i = 0; i < n; i++) plain[i] += own[i];
    total += units;
    all += units;
    for (i = 0; i < n; i++) cover[i] += own[i];
  });
  let best = 0;
  let exact = false;
  let whole = 0;
  for (i = 0; i < n; i++) {
    if (cover[i] > best) best = cover[i];
    if (all && plain[i] >= all) exact = true;
  }
  const need = variant ? all : needed(best, all, weights);
  for (i = 0; i < n; i++) {
    if (!all || cover[i] < need) scores[i] = 0;
    else {
      scores[i] += total * weights.bonus[Math.floor(16 * cover[i] / all)];
      if (cover[i] >= all) whole++;
    }
  }
  return { scores, exact, whole, total, words };
};
