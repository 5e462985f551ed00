// --- Excerpts and marks (Rust: query/excerpt.rs) ---
function nearLimit(n) {
  return n < K.nearFrom ? 0 : Math.min(Math.max(1, Math.floor(n / K.nearEdits[0])), K.nearEdits[1]);
}
// Where nothing holds the query as it was typed, near texts are marked too.
S.needles = function (words, near) {
  return words.map((w) => {
    const c = Array.from(w);
    const k = S.key(c).c;
    return {
      c, stem: isLatin(w) ? S.stem(w) : '', limit: near ? nearLimit(c.length) : 0, n: c.length,
      flat: c.map(flat).join(''), key: k.map(flat).join(''), keys: k.length,
      grams: trigrams(c.map(flat), new Set())
    };
  });
};
S.prepare = function (text) {
  const f = S.fold(text);
  const p = { text, c: [], s: [], e: [], begins: [] };
  let before = 0;
  for (let i = 0; i < f.c.length; i++) {
    const here = script(f.c[i]);
    if (here) { p.c.push(f.c[i]); p.s.push(f.s[i]); p.e.push(f.e[i]); p.begins.push(here !== before); }
    before = here;
  }
  // A character beyond 16 bits is one place: it is stood in for by a private one.
  p.flat = p.c.map(flat).join('');
  return p;
};
function flat(c) { return c.length > 1 ? String.fromCharCode(0xe000 + (c.codePointAt(0) & 0xfff)) : c; }
function places(hay, needle) {
  const out = [];
  let at = -1;
  if (needle) while ((at = hay.indexOf(needle, at + 1)) >= 0) out.push(at);
  return out;
}
function whole(p, d) {
  return places(p.flat, d.flat).filter((at) => d.n > 2 || p.begins[at]);
}
// The end of the English word that begins at a place, if its stem is that of a needle; else -1.
function stemAt(p, at, d) {
  if (p.c[at] !== d.c[0]) return -1;
  let end = at + 1;
  while (end < p.c.length && !p.begins[end]) end++;
  return S.stem(p.c.slice(at, end).join('')) === d.stem ? end : -1;
}
// Whether English words stand side by side whose stems are those of the needles.
function holdsStems(p, needles) {
  if (!needles.length || needles.some((d) => !d.stem)) return false;
  return p.c.some((c, at) => p.begins[at] && needles.reduce((to, d) => (to < 0 ? -1 : stemAt(p, to, d)), at) >= 0);
}
function byKey(p, d) {
  if (d.stem) {
    const out = [];
    for (let at = 0; at < p.c.length; at++) {
      const end = p.begins[at] ? stemAt(p, at, d) : -1;
      if (end >= 0) out.push([at, end]);
    }
    return out;
  }
  if (d.keys < 2 || d.n < 3) return [];
  if (!p.keys) { p.keys = S.key(p.c); p.keyText = p.keys.c.map(flat).join(''); }
  return places(p.keyText, d.key).map((at) => [p.keys.at[at], p.keys.at[at + d.keys - 1] + 1]);
}
function holds(p, needles) {
  let score = 0;
  needles.forEach((d) => {
    const weight = Math.max(1, d.grams.length);
    if (whole(p, d).length) score += 2 * weight;
    else if (byKey(p, d).length) score += weight;
    else score += d.grams.filter((g) => p.flat.indexOf(g) >= 0).length >> 1;
  });
  return score;
}
function marks(p, needles) {
  const n = p.c.length;
  const m = new Uint8Array(n);
  let i;
  needles.forEach((d) => {
    let ranges = whole(p, d).map((at) => [at, at + d.n]);
    if (!ranges.length) ranges = byKey(p, d);
    const found = !ranges.length && d.limit ? nearest(p, d.c, d.limit) : null;
    if (found) ranges.push([found[1], found[2]]);
    ranges.forEach((r) => { m.fill(1, r[0], r[1]); });
  });
  for (i = 1; i < n; i++) if (isMark(p.c[i]) && m[i - 1]) m[i] = 1;
  for (i = n - 1; i > 0; i--) if (isMark(p.c[i]) && m[i]) m[i - 1] = 1;
  return m;
}
function mayCut(p, at) {
  return at === 0 || at >= p.c.length ||
    !(isMark(p.c[at]) || 'ะาำ'.indexOf(p.c[at]) >= 0 || 'เแโใไ'.indexOf(p.c[at - 1]) >= 0);
}
function low(p, at) {
  let v = p.s[at];
  for (let i = at + 1; i < p.c.length && (isMark(p.c[i]) || isMark(p.c[i - 1])); i++) {
    v = Math.min(v, p.s[i]);
    if (i + 1 > at + 4) break;
  }
  return v;
}
// Pieces of the shown text: [text, marked].
function pieces(p, m, start, end) {
  const n = p.c.length;
  const out = [];
  function push(text, marked) {
    if (!text) return;
    if (out.length && out[out.length - 1][1] === marked) out[out.length - 1][0] += text;
    else out.push([text, marked]);
  }
  let at = start ? low(p, start) : 0;
  const to = end >= n ? p.text.length : low(p, end);
  if (start) push('…', false);
  for (let i = start; i < end;) {
    if (!m[i]) { i++; continue; }
    let stop = i;
    let a = Infinity;
    let b = 0;
    while (stop < end && m[stop]) { a = Math.min(a, p.s[stop]); b = Math.max(b, p.e[stop]); stop++; }
    a = Math.max(a, at); b = Math.min(b, to);
    if (a < b) { push(p.text.slice(at, a), false); push(p.text.slice(a, b), true); at = b; }
    i = stop;
  }
  push(p.text.slice(at, Math.max(to, at)), false);
  if (end < n) push('…', false);
  return out;
}
S.marked = function (p, needles) { return pieces(p, marks(p, needles), 0, p.c.length); };
S.excerpt = function (p, needles) {
  const m = marks(p, needles);
  const n = p.c.length;
  let i;
  if (n <= K.excerpt + K.lead) return pieces(p, m, 0, n);
  const sums = [0];
  let best = 0;
  let most = 0;
  for (i = 0; i < n; i++) sums.push(sums[i] + m[i]);
  for (i = 0; i < n; i++) {
    if (m[i] && !(i && m[i - 1])) {
      const held = sums[Math.min(n, i + K.excerpt - K.lead)] - sums[i];
      if (held > most) { best = i; most = held; }
    }
  }
  let start = Math.max(0, best - K.lead);
  for (i = start; i < best; i++) if (p.begins[i]) { start = i; break; }
  if (start < K.from) start = 0;
  while (!mayCut(p, start)) start--;
  let end = Math.min(n, start + K.excerpt);
  while (!mayCut(p, end)) end++;
  // Rather from the beginning of a token or word to the end of one, where those are near.
  const [low, high] = wholeWords(S.site, p, start, end);
  const least = Math.max(0, start - K.ends);
  const last = Math.min(n, end + K.ends);
  let begun = start;
  while (begun >= least && !p.begins[begun]) begun--;
  start = begun >= least ? begun : low >= least ? low : start;
  let ended = end;
  while (ended <= last && ended < n && !p.begins[ended]) ended++;
  end = ended <= last ? ended : high <= last ? high : end;
  return pieces(p, m, start, end);
};
// What is shown of a page (Rust: query/mod.rs).
S.hit = function (fragment, needles) {
  const { sections: ready, names } = S.ready(S.site, fragment);
  const [page, title, crumb, kind, id, year, sections, , , facts] = fragment;
  const scores = ready.map(([heading, text]) => 2 * holds(heading, needles) + holds(text, needles));
  let best = 0;
  let first = 0;
  scores.forEach((score, i) => { if (score > best) { best = score; first = i; } });
  function url(anchor) { return page + (anchor ? '#' + anchor : ''); }
  const hit = {
    url: page, title: S.marked(names[0], needles), crumb, kind, id, year, facts,
    heading: '', excerpt: [], sections: []
  };
  if (sections[first]) {
    const [anchor, heading] = sections[first];
    hit.excerpt = S.excerpt(ready[first][1], needles);
    if (best) { hit.url = url(anchor); hit.heading = heading; }
  }
  if (!best && !hit.title.some((piece) => piece[1])) {
    // What was typed is another name of the page.
    const other = names.slice(1).map((p) => S.marked(p, needles)).find((list) => list.some((piece) => piece[1]));
    if (other) hit.excerpt = other;
  }
  if (best) sections.forEach(([anchor, heading], i) => {
    if (2 * scores[i] >= best && i !== first && anchor && hit.sections.length < K.sections) {
      hit.sections.push({ url: url(anchor), heading, excerpt: S.excerpt(ready[i][1], needles) });
    }
  });
  return hit;
};
