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
