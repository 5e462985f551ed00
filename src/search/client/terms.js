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
