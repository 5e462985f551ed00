// Folding: src/text/fold in the browser. The parts of this folder are joined into one script,
// which is the reader of the exported index; docs/ranking.md describes both sides.
// K holds the numbers of the ranking: the router brings them (Rust: ranking.rs).
const S = {};
/** @type {any} */
const K = {};
const LATIN = 'aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggggggghhhh' +
'iiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs';
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
  const n = c.codePointAt(0);
  if (n < 128) {
    if ((n > 96 && n < 123) || (n > 47 && n < 58)) return c;
    return n > 64 && n < 91 ? String.fromCharCode(n + 32) : ' ';
  }
  if (n > 0xe4f && n < 0xe5a) return String.fromCharCode(n - 0xe20);
  if (isThai(c)) return c;
  if (n === 0xad || (n > 0x200a && n < 0x200e) || n === 0x2060 || n === 0xfeff || n === 0xfffd ||
    n === 0x640 || (n > 0x64a && n < 0x660) || n === 0x670 || n === 0xe2f || n === 0xe46 || (n > 0x2ff && n < 0x370)) return '';
  // Arabic letters that are written with and without their signs; katakana as hiragana.
  if (n === 0x622 || n === 0x623 || n === 0x625 || n === 0x671) return '\u0627';
  if (n === 0x624) return '\u0648';
  if (n === 0x626 || n === 0x649) return '\u064a';
  if (n === 0x629) return '\u0647';
  if (n > 0x30a0 && n < 0x30f7) return String.fromCharCode(n - 0x60);
  if (n > 0xbf && n < 0x180) return LATIN[n - 0xc0];
  if ((n > 0x36f && n < 0xe00) || (n > 0xe7f && n < 0x2000) || (n > 0x2bff && n < 0x2e00) ||
    (n > 0x303f && n < 0xd800) || (n > 0xf8ff && n < 0xfb00) || (n > 0x1ffff && n < 0x40000)) return c;
  return ' ';
}
function markClass(c) { return isTone(c) ? 1 : c === '์' || c === '๎' ? 2 : 0; }
// Folds a text: { c: characters, s: starts, e: ends } (places in UTF-16 units).
S.fold = function (text) {
  const c = [];
  const s = [];
  const e = [];
  function mark(x, a, z) {
    let at = c.length;
    const mine = markClass(x);
    let i;
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
    const n = c.length;
    const l = n ? c[n - 1] : '';
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
    const n = c.length;
    if (!n) return;
    if (isGap(c[n - 1])) { c[n - 1] = ' '; e[n - 1] = z; return; }
    c.push(x === '.' || x === ',' ? x : x === "'" || x === '’' ? "'" : ' '); s.push(a); e.push(z);
  }
  for (let i = 0; i < text.length;) {
    const n = text.codePointAt(i);
    const w = n > 0xffff ? 2 : 1;
    const src = text.substr(i, w);
    const f = single(src);
    if (f === ' ') space(src, i, i + w); else if (f) put(f, i, i + w);
    i += w;
  }
  if (c.length && isGap(c[c.length - 1])) { c.pop(); s.pop(); e.pop(); }
  return join({ c, s, e });
};
function join(f) {
  const c = f.c;
  const n = c.length;
  const out = { c: [], s: [], e: [] };
  for (let i = 0; i < n; i++) {
    const x = c[i];
    const b = c[i - 1];
    const a = c[i + 1];
    let drop = false;
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
  const out = [];
  let start = 0;
  let before = 0;
  for (let i = 0; i <= c.length; i++) {
    const here = i < c.length ? script(c[i]) : 0;
    if (here !== before) {
      if (before) out.push([start, i]);
      start = i; before = here;
    }
  }
  return out;
};
const SAME = { 'ี': 'ิ', 'ื': 'ึ', 'ู': 'ุ', 'ณ': 'น', 'ศ': 'ส', 'ษ': 'ส', 'ฬ': 'ล', 'ไ': 'ใ' };
// The spelling-blind key of folded characters: { c: characters, at: places }.
S.key = function (w) {
  const c = [];
  const at = [];
  for (let i = 0; i < w.length; i++) {
    const x = w[i];
    if (between(x, '็', '๋') || x === 'ํ' || x === '๎') continue;
    if (x === '์') {
      if (c.length && (c[c.length - 1] === 'ิ' || c[c.length - 1] === 'ุ')) { c.pop(); at.pop(); }
      if (c.length && between(c[c.length - 1], 'ก', 'ฮ')) { c.pop(); at.pop(); }
      continue;
    }
    c.push(SAME[x] || x); at.push(i);
  }
  return { c, at };
};
