// --- Terms of a query (Rust: query/plan.rs) ---
S.words = function (text) {
  const c = S.fold(text.slice(0, 4000)).c.slice(0, K.query);
  return S.tokens(c).slice(0, K.tokens).map((t) => c.slice(t[0], t[1]).join(''));
};
function trigrams(c, seen) {
  const out = [];
  for (let i = 0; i + 3 <= c.length; i++) {
    const g = c[i] + c[i + 1] + c[i + 2];
    if (!seen.has(g)) { seen.add(g); out.push(g); }
  }
  return out;
}
// The frequent words of the index: a set of hashes of word keys (Rust: analysis/lexicon.rs).
function lexicon(site) {
  if (typeof site.cuts === 'string') {
    const b = S.bytes(site.cuts);
    const p = { i: 0 };
    const n = varint(b, p);
    const set = new Set();
    S.list(b, p.i, b.length, n, 1 << K.lexicon.bits, false).forEach((h, i) => { if (!(i & 1)) set.add(h); });
    site.cuts = set;
  }
  return site.cuts;
}
function mayOpen(c, at) {
  return at === 0 || at >= c.length ||
    !(isMark(c[at]) || 'ะาำๅ'.indexOf(c[at]) >= 0 || 'เแโใไ'.indexOf(c[at - 1]) >= 0);
}
// Ends of the words of a folded Thai run: the cheapest path, an unknown stretch being one word.
S.cut = function (c, known) {
  const n = c.length;
  const best = [];
  let i;
  let at;
  let state;
  const ends = [];
  const l = K.lexicon;
  for (i = 0; i <= n; i++) best.push([[Infinity, 0, 0], [Infinity, 0, 0]]);
  best[0][0][0] = 0;
  function relax(at, state, cost, from) {
    if (cost < best[at][state][0]) best[at][state] = [cost, i, from];
  }
  for (i = 0; i < n; i++) {
    if (mayOpen(c, i) && best[i][1][0] < best[i][0][0]) best[i][0] = [best[i][1][0], i, 1];
    relax(i + 1, 1, best[i][1][0] + l.char, 1);
    if (best[i][0][0] === Infinity) continue;
    relax(i + 1, 1, best[i][0][0] + l.unknown + l.char, 0);
    for (let end = i + 2; end <= Math.min(n, i + l.longest); end++) {
      const word = mayOpen(c, end) && known.has(S.hash(S.key(c.slice(i, end)).c.join(''), 1) >>> (32 - l.bits));
      if (word) relax(end, 0, best[i][0][0] + l.word, 0);
    }
  }
  if (best[n][1][0] < best[n][0][0]) best[n][0] = [best[n][1][0], n, 1];
  for (at = n, state = 0; at > 0;) {
    if (!state) ends.push(at);
    const step = best[at][state];
    at = step[1]; state = step[2];
  }
  return ends.reverse();
};
// The beginning by which names are looked up.
function nameBeginning(c) {
  if (c.length <= K.nameStart) return c;
  let end = K.nameStart;
  while (end > 0 && !mayOpen(c, end)) end--;
  return c.slice(0, end);
}
// The words with glued Thai runs cut; null where nothing is cut.
S.unglued = function (words, site) {
  const out = [];
  words.forEach((text) => {
    const c = Array.from(text);
    const ends = script(c[0]) === 1 && c.length >= K.cutGlued ? S.cut(c, lexicon(site)) : [c.length];
    let from = 0;
    ends.forEach((end) => { out.push(c.slice(from, end).join('')); from = end; });
  });
  return out.slice(0, K.tokens).length > words.length ? out.slice(0, K.tokens) : null;
};
function isLatin(text) { return /^[a-z]+$/.test(text); }
// The key of a word: of an English one its stem.
function wordKey(c) {
  const text = c.join('');
  return isLatin(text) ? S.stem(text) : S.key(c).c.join('');
}
// Tokens with the terms to look up; `many` is counted unless it is told.
S.plan = function (words, site, many) {
  const seen = new Set();
  const used = new Set();
  let all = 0;
  let count = 0;
  const out = words.map((text) => {
    const c = Array.from(text);
    const t = { text, c, n: c.length, grams: [], words: [], cut: false, start: '' };
    t.ends = script(c[0]) === 1 && t.n >= K.cutFrom ? S.cut(c, lexicon(site)) : [t.n];
    count += t.ends.length;
    return t;
  });
  out.many = many === undefined ? count >= K.manyWords : many;
  const joined = [].concat(...out.map((t) => t.c));
  const name = nameBeginning(joined);
  out.name = name.length ? '!' + name.join('') : '';
  out.nameWhole = name.length === joined.length;
  out.forEach((t) => {
    let from = 0;
    t.cut = out.many && t.ends.length > 1;
    if (t.n > 2) t.grams = trigrams(t.c, seen); else t.start = '^' + t.text;
    (t.cut ? t.ends : [t.n]).forEach((end) => {
      const part = t.c.slice(from, end);
      const k = wordKey(part);
      from = end;
      if (part.length > K.word || !k) return;
      if (t.cut) {
        if (used.size >= K.cutWords || used.has(k)) return;
        used.add(k);
      }
      t.words.push(['=' + k, part.join('')]);
    });
    all += t.grams.length;
  });
  if (all > K.grams) {
    const kept = new Set();
    let at = 0;
    for (let i = 0; i < K.grams; i++) kept.add(Math.floor(i * all / K.grams));
    out.forEach((t) => { t.grams = t.grams.filter(() => kept.has(at++)); });
  }
  return out;
};
function same(a, b, at) {
  for (let i = 0; i < b.length; i++) if (a[at + i] !== b[i]) return false;
  return b.length > 0;
}
S.variants = function (words, groups) {
  const out = [];
  for (let g = 0; g < groups.length; g++) {
    for (let w = 0; w < groups[g].length; w++) {
      const word = groups[g][w];
      let at = 0;
      while (at + word.length <= words.length && !same(words, word, at)) at++;
      if (!word.length || at + word.length > words.length) continue;
      for (let o = 0; o < groups[g].length; o++) {
        const other = groups[g][o];
        if (!other.length || other.join(' ') === word.join(' ')) continue;
        const variant = words.slice(0, at).concat(other, words.slice(at + word.length));
        out.push([variant.slice(0, K.tokens), other.join(' ')]);
        if (out.length === K.variants) return out;
      }
    }
  }
  return out;
};
const LAYOUT = ["`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?",
  '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'];
S.otherLayout = function (text) {
  const thai = /[ก-๛]/.test(text);
  const from = LAYOUT[thai ? 1 : 0];
  const to = LAYOUT[thai ? 0 : 1];
  const out = Array.from(text).slice(0, K.query).map((c) => {
    const i = from.indexOf(c);
    return i < 0 ? c : to[i];
  }).join('');
  return out === text ? '' : out;
};
