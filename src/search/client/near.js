// --- "Did you mean" (Rust: query/suggest.rs, query/excerpt.rs) ---
// The part that differs from some characters in the fewest places, at most `limit`: [edits, begin, end].
function nearest(p, needle, limit) {
  const n = needle.length;
  const edits = new Uint16Array(n + 1);
  const from = new Uint32Array(n + 1);
  let found = null;
  for (let i = 0; i <= n; i++) edits[i] = i;
  for (let j = 0; j < p.c.length; j++) {
    const c = p.c[j];
    let before = edits[0];
    let beforeFrom = from[0];
    from[0] = j + 1;
    for (let i = 1; i <= n; i++) {
      let least = before + (needle[i - 1] === c ? 0 : 1);
      let start = beforeFrom;
      before = edits[i]; beforeFrom = from[i];
      if (before + 1 < least) { least = before + 1; start = beforeFrom; }
      if (edits[i - 1] + 1 < least) { least = edits[i - 1] + 1; start = from[i - 1]; }
      edits[i] = least; from[i] = start;
    }
    if (edits[n] <= limit && (!found || edits[n] < found[0]) && from[n] <= j && mayCut(p, j + 1)) {
      found = [edits[n], from[n], j + 1];
    }
  }
  return found;
}
// A part made greater until it begins and ends with a word.
function wholeWords(site, p, start, end) {
  const n = p.c.length;
  let from = start;
  let to = end;
  while (!p.begins[from]) from--;
  while (to < n && !p.begins[to]) to++;
  const ends = [from, to];
  for (let at = from; at < to;) {
    let next = at + 1;
    while (next < to && !p.begins[next]) next++;
    if (isThai(p.c[at])) S.cut(p.c.slice(at, next), lexicon(site)).forEach((end) => { ends.push(at + end); });
    ends.push(next);
    at = next;
  }
  return [Math.max(...ends.filter((i) => i <= start)), Math.min(...ends.filter((i) => i >= end))];
}
function written(p, start, end) {
  let a = Infinity;
  let b = 0;
  for (let i = start; i < end; i++) { a = Math.min(a, p.s[i]); b = Math.max(b, p.e[i]); }
  return a < b ? p.text.slice(a, b).trim() : '';
}
S.suggest = function (query, pages) {
  const site = S.site;
  const needle = S.fold(query.slice(0, 4000)).c.filter((c) => c !== ' ');
  let best = null;
  if (needle.length < K.suggest[0] || needle.length > K.suggest[1]) return '';
  const most = Math.max(1, Math.floor(needle.length / K.edits));
  for (const page of pages) {
    const ready = S.ready(site, page);
    const texts = [ready.names[0]].concat(ready.names.slice(2));
    ready.sections.forEach(([heading, text]) => { texts.push(heading, text); });
    for (const p of texts) {
      const limit = best ? best[0] - 1 : most;
      if (!limit) return best[1];
      const found = nearest(p, needle, limit);
      if (!found) continue;
      if (!found[0]) return '';
      const [from, to] = wholeWords(site, p, found[1], found[2]);
      const piece = p.c.slice(from, to).join('');
      const near = to - from - (found[2] - found[1]) <= limit;
      if (near && needle.join('').indexOf(piece) < 0) best = [found[0], written(p, from, to)];
    }
  }
  return best ? best[1] : '';
};
// How names match a typed text, for lists that are filtered by name.
S.names = function (text) {
  const c = S.fold(text).c.filter((x) => x !== ' ');
  const d = S.needles([c.join('')], true)[0];
  return {
    near: false,
    prepare: S.prepare,
    holds: (p) => whole(p, d).length > 0 || byKey(p, d).length > 0,
    nearly: (p) => d.limit > 0 && nearest(p, d.c, d.limit) !== null
  };
};
