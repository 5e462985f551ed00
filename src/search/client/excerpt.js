// --- Excerpts and marks (Rust: excerpt.rs) ---
var WINDOW = 170, LEAD = 30;
S.needles = function (words) {
  return words.map(function (w) {
    var c = Array.from(w);
    var k = S.key(c).c;
    return { n: c.length, flat: c.map(flat).join(''), key: k.map(flat).join(''), keys: k.length, grams: trigrams(c.map(flat), new Set()) };
  });
};
S.prepare = function (text) {
  var f = S.fold(text), p = { text: text, c: [], s: [], e: [], begins: [] }, before = 0;
  for (var i = 0; i < f.c.length; i++) {
    var here = script(f.c[i]);
    if (here) { p.c.push(f.c[i]); p.s.push(f.s[i]); p.e.push(f.e[i]); p.begins.push(here !== before); }
    before = here;
  }
  // A character beyond 16 bits is one place: it is stood in for by a private one.
  p.flat = p.c.map(flat).join('');
  return p;
};
function flat(c) { return c.length > 1 ? String.fromCharCode(0xe000 + (c.codePointAt(0) & 0xfff)) : c; }
function places(hay, needle) {
  var out = [], at = -1;
  if (needle) while ((at = hay.indexOf(needle, at + 1)) >= 0) out.push(at);
  return out;
}
function whole(p, d) {
  return places(p.flat, d.flat).filter(function (at) { return d.n > 2 || p.begins[at]; });
}
function byKey(p, d) {
  if (d.keys < 2 || d.n < 3) return [];
  if (!p.keys) { p.keys = S.key(p.c); p.keyText = p.keys.c.map(flat).join(''); }
  return places(p.keyText, d.key).map(function (at) {
    return [p.keys.at[at], p.keys.at[at + d.keys - 1] + 1];
  });
}
function holds(p, needles) {
  var score = 0;
  needles.forEach(function (d) {
    var weight = Math.max(1, d.grams.length);
    if (whole(p, d).length) score += 2 * weight;
    else if (byKey(p, d).length) score += weight;
    else score += d.grams.filter(function (g) { return p.flat.indexOf(g) >= 0; }).length >> 1;
  });
  return score;
}
function marks(p, needles) {
  var n = p.c.length, m = new Uint8Array(n), i;
  needles.forEach(function (d) {
    var ranges = whole(p, d).map(function (at) { return [at, at + d.n]; });
    if (!ranges.length) ranges = byKey(p, d);
    if (!ranges.length) {
      var held = new Uint8Array(n + 1);
      d.grams.forEach(function (g) {
        places(p.flat, g).forEach(function (at) { held.fill(1, at, at + 3); });
      });
      for (var a = 0; a < n;) {
        var z = a;
        while (held[z]) z++;
        if (z >= a + 4) ranges.push([a, z]);
        a = z + 1;
      }
    }
    ranges.forEach(function (r) { m.fill(1, r[0], r[1]); });
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
  var v = p.s[at];
  for (var i = at + 1; i < p.c.length && (isMark(p.c[i]) || isMark(p.c[i - 1])); i++) {
    v = Math.min(v, p.s[i]);
    if (i + 1 > at + 4) break;
  }
  return v;
}
// Pieces of the shown text: [text, marked].
function pieces(p, m, start, end) {
  var n = p.c.length, out = [];
  function push(text, marked) {
    if (!text) return;
    if (out.length && out[out.length - 1][1] === marked) out[out.length - 1][0] += text;
    else out.push([text, marked]);
  }
  var at = start ? low(p, start) : 0, to = end >= n ? p.text.length : low(p, end);
  if (start) push('…', false);
  for (var i = start; i < end;) {
    if (!m[i]) { i++; continue; }
    var stop = i, a = Infinity, b = 0;
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
  var m = marks(p, needles), n = p.c.length, i;
  if (n <= WINDOW + LEAD) return pieces(p, m, 0, n);
  var sums = [0], best = 0, most = 0;
  for (i = 0; i < n; i++) sums.push(sums[i] + m[i]);
  for (i = 0; i < n; i++) {
    if (m[i] && !(i && m[i - 1])) {
      var held = sums[Math.min(n, i + WINDOW - LEAD)] - sums[i];
      if (held > most) { best = i; most = held; }
    }
  }
  var start = Math.max(0, best - LEAD);
  for (i = start; i < best; i++) if (p.begins[i]) { start = i; break; }
  if (start < 12) start = 0;
  while (!mayCut(p, start)) start--;
  var end = Math.min(n, start + WINDOW);
  while (!mayCut(p, end)) end++;
  return pieces(p, m, start, end);
};
// What is shown of a page (Rust: query.rs).
S.hit = function (fragment, needles) {
  var sections = fragment[6];
  // Folded once for all keystrokes.
  var ready = fragment.ready = fragment.ready || sections.map(function (s) { return [S.prepare(s[1]), S.prepare(s[2])]; });
  var scores = ready.map(function (p) { return 2 * holds(p[0], needles) + holds(p[1], needles); });
  var best = 0, first = 0;
  scores.forEach(function (s, i) { if (s > best) { best = s; first = i; } });
  function url(s) { return fragment[0] + (s[0] ? '#' + s[0] : ''); }
  var hit = { url: fragment[0], title: S.marked(S.prepare(fragment[1]), needles), crumb: fragment[2], kind: fragment[3], id: fragment[4], year: fragment[5], heading: '', excerpt: [], sections: [] };
  var s = sections[first];
  if (s) {
    hit.excerpt = S.excerpt(ready[first][1], needles);
    if (best) { hit.url = url(s); hit.heading = s[1]; }
  }
  if (best) sections.forEach(function (s, i) {
    if (2 * scores[i] >= best && i !== first && s[0] && hit.sections.length < 3) {
      hit.sections.push({ url: url(s), heading: s[1], excerpt: S.excerpt(ready[i][1], needles) });
    }
  });
  return hit;
};
