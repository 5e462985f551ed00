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
// What each document holds of a query, in units (Rust: query/score.rs): by n-grams, by those of headings and the
// summary, by those of names, by n-grams or key, and the same with careful spelling.
const PLAIN = 0;
const IN_HEADING = 1;
const IN_NAME = 2;
const ANY = 3;
const STRICT = 4;
function five(n) { return [0, 0, 0, 0, 0].map(() => new Uint32Array(n)); }
function isCareful(token) { return /[\u0e47-\u0e4c]/.test(token); }
// Scores of a plan; `list(term)` gives a decoded list; a variant must be covered whole.
S.score = function (site, plan, list, variant) {
  const n = site.n;
  const weights = plan.many ? K.many : K.few;
  const scores = new Float64Array(n);
  const own = five(n);
  const held = five(n);
  const word = new Uint8Array(n);
  // Whether a word of the query that tells something is a word of it.
  const worded = new Uint8Array(n);
  const tiers = new Uint8Array(n).fill(255);
  let total = 0;
  let all = 0;
  const words = [];
  let i;
  function add(l, weight) {
    const idf = S.idf(n, l.length / 2);
    const w = weight * idf;
    for (let j = 0; j < l.length; j += 2) {
      scores[l[j]] += w * site.impacts[(l[j + 1] & 15) * K.steps + site.norms[l[j]]];
    }
    return idf;
  }
  function show(text) { if (words.indexOf(text) < 0) words.push(text); }
  plan.forEach((t) => {
    // A token's units: its n-grams, or for a short one what it has of lists.
    // A number is whole by its key: the other era's number has no n-grams.
    let units = 0;
    const short = !t.grams.length && t.n < 3;
    const byKey = short || /^[0-9]/.test(t.text);
    const careful = !byKey && isCareful(t.text);
    // The stem of an English word tells as much as its form.
    const latin = isLatin(t.text);
    const shown = words.length;
    const lists = [];
    own.forEach((o) => o.fill(0));
    t.grams.forEach((g) => {
      const l = list(g);
      const idf = add(l, weights.gram);
      units += idf;
      for (let j = 0; j < l.length; j += 2) for (let at = l[j + 1] >> 4; at >= 0; at--) own[at][l[j]] += idf;
    });
    t.words.forEach((w) => {
      const l = list(w[0]);
      if (t.cut && l.length / 2 * K.rareWord <= n && Array.from(w[1]).length > 2) {
        for (let j = 0; j < l.length; j += 2) word[l[j]] = 1;
        show(w[1]);
      }
      const tells = Array.from(w[1]).length > 2 && l.length / 2 * K.tellingWord[1] <= n * K.tellingWord[0];
      if (tells) for (let j = 0; j < l.length; j += 2) worded[l[j]] = 1;
      lists.push([l, weights.word]);
    });
    if (words.length === shown) {
      // No word of it is rare: all that tell something are shown.
      const parts = t.cut ? t.words.map((w) => w[1]).filter((w) => Array.from(w).length > 2) : [];
      (parts.length ? parts : [t.text]).forEach(show);
    }
    if (t.start) lists.push([list(t.start), weights.start]);
    lists.forEach((l) => {
      if (!l[0].length) return;
      const idf = add(l[0], l[1]);
      if (short) units = Math.max(units, idf);
    });
    if (!t.cut) lists.forEach(([l]) => {
      for (let j = 0; j < l.length; j += 2) {
        own[ANY][l[j]] = units;
        if (byKey || latin) for (let at = l[j + 1] >> 4; at >= 0; at--) own[at][l[j]] = units;
      }
    });
    total += units;
    all += units;
    const [plain, , , any, strict] = own;
    for (i = 0; i < n; i++) {
      if (plain[i] > any[i]) any[i] = plain[i];
      strict[i] = careful ? plain[i] : any[i];
      if (units && any[i] >= units) word[i] = 1;
    }
    held.forEach((h, at) => { const o = own[at]; for (i = 0; i < n; i++) h[i] += o[i]; });
  });
  let best = 0;
  let exact = false;
  let whole = 0;
  const names = plan.name ? list(plan.name) : EMPTY;
  // A whole name counts twice.
  const isWhole = (grade) => (grade & 15) > 6;
  for (let j = 0; plan.nameWhole && j < names.length; j += 2) {
    if (!isWhole(names[j + 1])) continue;
    // An id is a name that stands in no text.
    const d = names[j];
    word[d] = 1;
    held.forEach((h) => { h[d] = all; });
    scores[d] = Math.max(1, scores[d]);
  }
  for (i = 0; i < n && !exact; i++) exact = all > 0 && held[PLAIN][i] >= all;
  const cover = held[exact ? STRICT : ANY];
  for (i = 0; i < n; i++) if (cover[i] > best) best = cover[i];
  const isHeld = new Uint8Array(n);
  const need = variant ? all : needed(best, all, weights);
  for (i = 0; i < n; i++) {
    if (!all || cover[i] < need || (exact && !word[i])) { scores[i] = 0; continue; }
    scores[i] += total * weights.bonus[Math.floor(16 * cover[i] / all)];
    if (cover[i] >= all) { whole++; isHeld[i] = 1; }
    // Where others hold the query, all its words are in names only that hold half of it.
    const inNames = exact && held[IN_NAME][i] * 2 < all ? REST : WORDS;
    const inText = held[PLAIN][i] >= all ? TEXT : inNames;
    tiers[i] = held[IN_NAME][i] >= all ? HOLDS : held[IN_HEADING][i] >= all ? HEADING : inText;
  }
  for (let j = 0; j < names.length; j += 2) {
    const d = names[j];
    const equal = !plan.nameWhole || isWhole(names[j + 1]);
    if (tiers[d] !== 255 && (plan.nameWhole || tiers[d] <= HOLDS)) tiers[d] = equal ? NAME : BEGINS;
  }
  return {
    scores, tiers, held: isHeld, worded, certain: plan.nameWhole, exact, whole, total, words,
    tokens: plan.map((t) => t.text), variants: [], synonyms: [],
  };
};
