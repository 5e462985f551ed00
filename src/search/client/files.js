// --- Exported files (Rust: codec.rs, export/) ---
S.hash = function (term, seed) {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < term.length; i++) {
    const n = term.codePointAt(i);
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
const SIGNS = {};
'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.split('').forEach((c, i) => { SIGNS[c] = i; });
S.bytes = function (text) {
  const out = new Uint8Array(Math.floor(text.length * 3 / 4));
  let word = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const v = SIGNS[text[i]];
    if (v === undefined) throw new Error('data');
    word = (word << 6 | v) & 0xffff; bits += 6;
    if (bits >= 8) { bits -= 8; out[at++] = word >> bits & 255; }
  }
  return out;
};
function varint(b, p) {
  let v = 0;
  let shift = 0;
  let x;
  do {
    if (p.i >= b.length || shift > 28) throw new Error('data');
    x = b[p.i++]; v += (x & 127) * Math.pow(2, shift); shift += 7;
  } while (x > 127);
  return v;
}
// A coded list from `at`: pairs of document and grade in one array; a grade is the class of a count, and 16 for a
// heading or the summary, 32 for a name.
S.list = function (b, at, end, df, docs, graded) {
  const mean = Math.max(1, Math.floor(docs * 69 / (Math.max(1, df) * 100)));
  const k = 31 - Math.clz32(mean);
  const out = new Uint32Array(df * 2);
  let bit = at * 8;
  const stop = end * 8;
  let next = 0;
  function unary() {
    let n = 0;
    while (!(b[bit >> 3] >> (bit & 7) & 1)) { bit++; n++; if (bit >= stop) throw new Error('data'); }
    bit++;
    return n;
  }
  function flag() { const on = b[bit >> 3] >> (bit & 7) & 1; bit++; return on; }
  function grade() {
    const c = unary() + 1;
    const place = c > 1 && flag() ? c > 5 && flag() ? 32 : 16 : 0;
    return c | place;
  }
  for (let i = 0; i < df; i++) {
    if (bit >= stop) throw new Error('data');
    let v = unary() * (1 << k);
    for (let j = 0; j < k; j++, bit++) v += (b[bit >> 3] >> (bit & 7) & 1) << j;
    next += v;
    if (next >= docs) throw new Error('data');
    out[2 * i] = next++;
    out[2 * i + 1] = graded ? grade() : 1;
  }
  return out;
};
const EMPTY = new Uint32Array(0);
