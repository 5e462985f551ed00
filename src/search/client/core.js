// Search core: the analysis, the ranking and the reading of exported shards.
// The same rules run in Rust; docs/ranking.md is the one description of both.
// It touches no page: the interface is search.js, tests load it in Node.
(function (root) {
'use strict';
var S = {};
var LATIN = 'aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll' +
'lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs';
function between(c, a, b) { return c >= a && c <= b; }
function isMark(c) { return c === 'ั' || between(c, 'ิ', 'ฺ') || between(c, '็', '๎'); }
function isTone(c) { return between(c, '่', '๋'); }
function isThai(c) {
  return c.length === 1 && (between(c, 'ก', 'ฮ') || between(c, 'ะ', 'ฺ') || between(c, 'เ', 'ๅ') || between(c, '็', '๎'));
}
function isGap(c) { return c === ' ' || c === '.' || c === ',' || c === "'"; }
function script(c) {
  return c === ' ' ? 0 : between(c, '0', '9') && c.length === 1 ? 2 : isThai(c) ? 1 : 3;
}
// One source character: '' (removed), ' ' or its folded form.
function single(c) {
  var n = c.codePointAt(0);
  if (n < 128) {
    if ((n > 96 && n < 123) || (n > 47 && n < 58)) return c;
    return n > 64 && n < 91 ? String.fromCharCode(n + 32) : ' ';
  }
  if (n > 0xe4f && n < 0xe5a) return String.fromCharCode(n - 0xe20);
  if (isThai(c)) return c;
  if (n === 0xad || (n > 0x200a && n < 0x200e) || n === 0x2060 || n === 0xfeff || n === 0xfffd ||
    n === 0xe2f || n === 0xe46 || (n > 0x2ff && n < 0x370)) return '';
  if (n > 0xbf && n < 0x180) return LATIN[n - 0xc0];
  if ((n > 0x36f && n < 0xe00) || (n > 0xe7f && n < 0x2000) || (n > 0x2bff && n < 0x2e00) ||
    (n > 0x303f && n < 0xd800) || (n > 0xf8ff && n < 0xfb00) || (n > 0x1ffff && n < 0x40000)) return c;
  return ' ';
}
function markClass(c) { return isTone(c) ? 1 : c === '์' || c === '๎' ? 2 : 0; }
// Folds a text: { c: characters, s: starts, e: ends } (places in UTF-16 units).
S.fold = function (text) {
  var c = [], s = [], e = [];
  function mark(x, a, z) {
    var at = c.length, mine = markClass(x), i;
    if (at && (c[at - 1] === 'า' || c[at - 1] === 'ำ')) at--;
    for (i = at; i > 0 && isMark(c[i - 1]); i--) {
      if (c[i - 1] === x || (mine && markClass(c[i - 1]) === mine)) {
        c[i - 1] = x; s[i - 1] = a; e[i - 1] = z;
        return;
      }
    }
    while (at > 0 && isMark(c[at - 1]) && markClass(c[at - 1]) > mine) at--;
    if (x === 'ํ' && at < c.length && c[c.length - 1] === 'า') {
      c[c.length - 1] = 'ำ'; e[c.length - 1] = z;
      return;
    }
    c.splice(at, 0, x); s.splice(at, 0, a); e.splice(at, 0, z);
  }
  function put(x, a, z) {
    var n = c.length, l = n ? c[n - 1] : '';
    if (isMark(x)) {
      if (l === ' ' && n > 1 && isThai(c[n - 2])) { c.pop(); s.pop(); e.pop(); }
      return mark(x, a, z);
    }
    if (l === 'เ' && x === 'เ') { c[n - 1] = 'แ'; e[n - 1] = z; return; }
    if (l && x === 'ๅ' && l !== 'ฤ' && l !== 'ฦ') return put('า', a, z);
    if (x === 'า' && l === 'ํ') { a = s[n - 1]; c.pop(); s.pop(); e.pop(); return put('ำ', a, z); }
    if (x === 'า' && isTone(l) && c[n - 2] === 'ํ') {
      c.splice(n - 2, 1); s.splice(n - 2, 1); e.splice(n - 2, 1);
      return put('ำ', a, z);
    }
    if (l === x && 'ะาำแโใไ'.indexOf(x) >= 0) { e[n - 1] = z; return; }
    c.push(x); s.push(a); e.push(z);
  }
  function space(x, a, z) {
    var n = c.length;
    if (!n) return;
    if (isGap(c[n - 1])) { c[n - 1] = ' '; e[n - 1] = z; return; }
    c.push(x === '.' || x === ',' ? x : x === "'" || x === '’' ? "'" : ' '); s.push(a); e.push(z);
  }
  for (var i = 0; i < text.length;) {
    var n = text.codePointAt(i), w = n > 0xffff ? 2 : 1, src = text.substr(i, w), f = single(src);
    if (f === ' ') space(src, i, i + w); else if (f) put(f, i, i + w);
    i += w;
  }
  if (c.length && isGap(c[c.length - 1])) { c.pop(); s.pop(); e.pop(); }
  return join({ c: c, s: s, e: e });
};
function join(f) {
  var c = f.c, n = c.length, out = { c: [], s: [], e: [] };
  for (var i = 0; i < n; i++) {
    var x = c[i], b = c[i - 1], a = c[i + 1], drop = false;
    if (i && i < n - 1 && x !== ' ') {
      if (x === '.') drop = isThai(b) && isThai(a) && (i < 2 || isGap(c[i - 2])) && (i + 2 >= n || isGap(c[i + 2]));
      else if (x === ',') drop = script(b) === 2 && script(a) === 2;
      else if (x === "'") drop = between(b, 'a', 'z') && between(a, 'a', 'z');
    }
    if (drop) continue;
    out.c.push(isGap(x) ? ' ' : x); out.s.push(f.s[i]); out.e.push(f.e[i]);
  }
  return out;
}
// Tokens of a folded text: [start, end] places, cut at spaces and changes of script.
S.tokens = function (c) {
  var out = [], start = 0, before = 0;
  for (var i = 0; i <= c.length; i++) {
    var here = i < c.length ? script(c[i]) : 0;
    if (here !== before) {
      if (before) out.push([start, i]);
      start = i; before = here;
    }
  }
  return out;
};
var SAME = { 'ี': 'ิ', 'ื': 'ึ', 'ู': 'ุ', 'ณ': 'น', 'ศ': 'ส', 'ษ': 'ส', 'ฬ': 'ล', 'ไ': 'ใ' };
// The spelling-blind key of folded characters: { c: characters, at: places }.
S.key = function (w) {
  var c = [], at = [];
  for (var i = 0; i < w.length; i++) {
    var x = w[i];
    if (between(x, '็', '๋') || x === 'ํ' || x === '๎') continue;
    if (x === '์') {
      if (c.length && (c[c.length - 1] === 'ิ' || c[c.length - 1] === 'ุ')) { c.pop(); at.pop(); }
      if (c.length && between(c[c.length - 1], 'ก', 'ฮ')) { c.pop(); at.pop(); }
      continue;
    }
    c.push(SAME[x] || x); at.push(i);
  }
  return { c: c, at: at };
};
// --- Terms of a query (Rust: plan.rs) ---
var MAX_QUERY = 240, MAX_TOKENS = 12, MAX_GRAMS = 24, MAX_WORD = 40, MAX_VARIANTS = 2;
S.words = function (text) {
  var c = S.fold(text.slice(0, 4000)).c.slice(0, MAX_QUERY);
  return S.tokens(c).slice(0, MAX_TOKENS).map(function (t) { return c.slice(t[0], t[1]).join(''); });
};
function trigrams(c, seen) {
  var out = [];
  for (var i = 0; i + 3 <= c.length; i++) {
    var g = c[i] + c[i + 1] + c[i + 2];
    if (!seen.has(g)) { seen.add(g); out.push(g); }
  }
  return out;
}
S.plan = function (words) {
  var seen = new Set(), all = 0;
  var out = words.map(function (text) {
    var c = Array.from(text), t = { text: text, n: c.length, grams: [], word: '', start: '' };
    if (c.length > 2) t.grams = trigrams(c, seen); else t.start = '^' + text;
    if (c.length <= MAX_WORD) {
      var k = S.key(c).c.join('');
      if (k) t.word = '=' + k;
    }
    all += t.grams.length;
    return t;
  });
  if (all > MAX_GRAMS) {
    var kept = new Set(), at = 0;
    for (var i = 0; i < MAX_GRAMS; i++) kept.add(Math.floor(i * all / MAX_GRAMS));
    out.forEach(function (t) { t.grams = t.grams.filter(function () { return kept.has(at++); }); });
  }
  return out;
};
function same(a, b, at) {
  for (var i = 0; i < b.length; i++) if (a[at + i] !== b[i]) return false;
  return b.length > 0;
}
S.variants = function (words, groups) {
  var out = [];
  for (var g = 0; g < groups.length; g++) {
    for (var w = 0; w < groups[g].length; w++) {
      var word = groups[g][w], at = 0;
      while (at + word.length <= words.length && !same(words, word, at)) at++;
      if (!word.length || at + word.length > words.length) continue;
      for (var o = 0; o < groups[g].length; o++) {
        var other = groups[g][o];
        if (!other.length || other.join(' ') === word.join(' ')) continue;
        out.push(words.slice(0, at).concat(other, words.slice(at + word.length)).slice(0, MAX_TOKENS));
        if (out.length === MAX_VARIANTS) return out;
      }
    }
  }
  return out;
};
var LAYOUT = ["`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?",
  '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'];
S.otherLayout = function (text) {
  var thai = /[ก-๛]/.test(text), from = LAYOUT[thai ? 1 : 0], to = LAYOUT[thai ? 0 : 1];
  var out = Array.from(text).slice(0, MAX_QUERY).map(function (c) {
    var i = from.indexOf(c);
    return i < 0 ? c : to[i];
  }).join('');
  return out === text ? '' : out;
};
// --- Exported files (Rust: codec.rs, export.rs) ---
S.hash = function (term, seed) {
  var h = 0x811c9dc5 ^ seed;
  for (var i = 0; i < term.length; i++) {
    var n = term.codePointAt(i);
    if (n > 0xffff) i++;
    h = Math.imul(h ^ n, 0x01000193);
    h ^= h >>> 15;
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};
var SIGNS = {};
'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.split('').forEach(function (c, i) { SIGNS[c] = i; });
S.bytes = function (text) {
  var out = new Uint8Array(Math.floor(text.length * 3 / 4)), word = 0, bits = 0, at = 0;
  for (var i = 0; i < text.length; i++) {
    var v = SIGNS[text[i]];
    if (v === undefined) throw new Error('data');
    word = (word << 6 | v) & 0xffff; bits += 6;
    if (bits >= 8) { bits -= 8; out[at++] = word >> bits & 255; }
  }
  return out;
};
function varint(b, p) {
  var v = 0, shift = 0, x;
  do {
    if (p.i >= b.length || shift > 28) throw new Error('data');
    x = b[p.i++]; v += (x & 127) * Math.pow(2, shift); shift += 7;
  } while (x > 127);
  return v;
}
// A coded list from `at`: pairs of document and class in one array.
S.list = function (b, at, end, df, docs, classes) {
  var mean = Math.max(1, Math.floor(docs * 69 / (Math.max(1, df) * 100))), k = 31 - Math.clz32(mean);
  var out = new Uint32Array(df * 2), bit = at * 8, stop = end * 8, next = 0;
  function unary() {
    var n = 0;
    while (!(b[bit >> 3] >> (bit & 7) & 1)) { bit++; n++; if (bit >= stop) throw new Error('data'); }
    bit++;
    return n;
  }
  for (var i = 0; i < df; i++) {
    if (bit >= stop) throw new Error('data');
    var v = unary() * (1 << k);
    for (var j = 0; j < k; j++, bit++) v += (b[bit >> 3] >> (bit & 7) & 1) << j;
    next += v;
    if (next >= docs) throw new Error('data');
    out[2 * i] = next++;
    out[2 * i + 1] = classes ? unary() + 1 : 1;
  }
  return out;
};
var EMPTY = new Uint32Array(0);
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
function needed(best, all) { return best >= all ? (all >> 1) + 1 : Math.max(1, Math.ceil(best / 3)); }
// Scores of a plan; `list(term)` gives a decoded list.
S.score = function (site, plan, list) {
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
  var need = needed(best, all);
  for (i = 0; i < n; i++) {
    if (!all || cover[i] < need) scores[i] = 0;
    else scores[i] += total * COVERAGE[Math.floor(16 * cover[i] / all)];
  }
  return { scores: scores, exact: exact };
};
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
// --- "Did you mean" (Rust: suggest.rs) ---
function nearest(needle, text, limit) {
  var f = S.fold(text), n = needle.length, row = [], found = null, i, j;
  for (i = 0; i <= n; i++) row.push([i, 0]);
  for (j = 0; j < f.c.length; j++) {
    var diagonal = row[0];
    row[0] = [0, j + 1];
    for (i = 1; i <= n; i++) {
      var least = [diagonal[0] + (needle[i - 1] === f.c[j] ? 0 : 1), diagonal[1]];
      if (row[i][0] + 1 < least[0]) least = [row[i][0] + 1, row[i][1]];
      if (row[i - 1][0] + 1 < least[0]) least = [row[i - 1][0] + 1, row[i - 1][1]];
      diagonal = row[i];
      row[i] = least;
    }
    var end = j + 1 >= f.c.length || !isMark(f.c[j + 1]);
    if (end && row[n][0] <= limit && (!found || row[n][0] < found[0])) found = [row[n][0], row[n][1], j];
  }
  if (!found) return null;
  var start = found[1], a = Infinity, b = 0;
  while (start > 0 && isMark(f.c[start])) start--;
  for (i = start; i <= found[2]; i++) { a = Math.min(a, f.s[i]); b = Math.max(b, f.e[i]); }
  return a < b ? [found[0], text.slice(a, b).trim()] : null;
}
S.suggest = function (query, pages) {
  var needle = S.fold(query.slice(0, 4000)).c, best = null;
  if (needle.length < 3 || needle.length > 40) return '';
  var limit = Math.max(1, needle.length >> 2);
  for (var i = 0; i < pages.length; i++) {
    var texts = [pages[i][1]];
    pages[i][6].forEach(function (s) { texts.push(s[1], s[2]); });
    for (var t = 0; t < texts.length; t++) {
      var found = nearest(needle, texts[t], best ? best[0] - 1 : limit);
      if (!found) continue;
      if (!found[0]) return '';
      best = found;
    }
  }
  return best ? best[1] : '';
};
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
S.take = function (id, name, data) {
  if (S.site && S.site.id === id) S.site.files[name] = data;
};
function shardOf(site, term) {
  var word = term[0] === '=' || term[0] === '^', count = word ? site.w : site.t;
  return (word ? 'w' : 't') + Math.floor(S.hash(term, site.seed * 2) * count / 4294967296);
}
// The list of a term, from its loaded shard.
S.listOf = function (site, term) {
  var name = shardOf(site, term), key = S.hash(term, site.seed * 2 + 1) >>> 4;
  var shard = site.files[name], p = { i: 0 }, at = 0;
  if (typeof shard === 'string') {
    var b = S.bytes(shard);
    shard = { b: b, at: new Map() };
    while (p.i < b.length) {
      at += varint(b, p);
      var size = varint(b, p);
      shard.at.set(at, [p.i, p.i + size]);
      p.i += size;
    }
    if (p.i !== b.length) throw new Error('data');
    site.files[name] = shard;
  }
  var found = shard.at.get(key);
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
      t.grams.concat(t.word || [], t.start || []).forEach(function (term) { out.add(shardOf(site, term)); });
    });
  });
  return Array.from(out);
}
function scoreText(site, text, need, done) {
  var words = S.words(text);
  if (!words.length) return done(null, null);
  var lists = [words].concat(S.variants(words, site.syn)), plans = lists.map(S.plan);
  need(filesOf(site, plans), function (error) {
    if (error) return done(error);
    var scored, any = false;
    try {
      plans.forEach(function (plan, v) {
        var s = S.score(site, plan, function (term) { return S.listOf(site, term); });
        if (!v) { scored = s; scored.words = words.slice(); return; }
        for (var i = 0; i < site.n; i++) scored.scores[i] = Math.max(scored.scores[i], Math.floor(s.scores[i] * 9 / 10));
        scored.exact = scored.exact || s.exact;
        lists[v].forEach(function (w) { if (scored.words.indexOf(w) < 0) scored.words.push(w); });
      });
    } catch (e) { return done(e); }
    for (var i = 0; i < site.n && !any; i++) any = scored.scores[i] > 0;
    scored.any = any;
    done(null, scored);
  });
}
// Runs a query. ask: { text, facets: {field: [terms]}, sort, counts: whether
// facet counts are wanted }. need(names, done) loads files. The answer has
// order (documents), total, facets, words, exact, switched.
S.query = function (site, ask, need, done) {
  scoreText(site, ask.text, need, function (error, scored) {
    if (error) return done(error);
    var other = scored && !scored.any && S.otherLayout(ask.text);
    if (!other) return filter(site, ask, scored, '', need, done);
    scoreText(site, other, need, function (error, found) {
      if (error) return done(error);
      if (found && found.any) filter(site, ask, found, other, need, done);
      else filter(site, ask, scored, '', need, done);
    });
  });
};
function filter(site, ask, scored, switched, need, done) {
  var names = [], n = site.n, i;
  site.facets.forEach(function (f) {
    if (ask.counts || (ask.facets[f[0]] || []).length) names.push('x' + f[2]);
  });
  if (ask.sort === 'year') names.push('y');
  need(names, function (error) {
    if (error) return done(error);
    var answer = { order: [], facets: [], words: scored ? scored.words : [], exact: !scored || scored.exact, switched: switched, text: switched || ask.text };
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
      if (ask.counts) site.facets.forEach(function (f) {
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
  var names = new Set();
  docs.forEach(function (d) { names.add('f' + Math.floor(d / site.f)); });
  need(Array.from(names), function (error) {
    if (error) return done(error);
    done(null, docs.map(function (d) { return site.files['f' + Math.floor(d / site.f)][d % site.f]; }));
  });
};
if (typeof module === 'object' && module.exports) module.exports = S;
root.SalaSearch = S;
})(typeof self === 'object' ? self : this);
