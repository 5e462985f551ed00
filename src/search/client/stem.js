// --- Stems of English words (Rust: text/stem.rs) ---
const DERIVED = [['ational', 'ate'], ['ization', 'ize'], ['iveness', 'ive'], ['fulness', 'ful'], ['ousness', 'ous'],
  ['tional', 'tion'], ['biliti', 'ble'], ['entli', 'ent'], ['ousli', 'ous'], ['ation', 'ate'], ['alism', 'al'],
  ['aliti', 'al'], ['iviti', 'ive'], ['enci', 'ence'], ['anci', 'ance'], ['izer', 'ize'], ['abli', 'able'],
  ['alli', 'al'], ['ator', 'ate'], ['eli', 'e']];
const FORMED = [['icate', 'ic'], ['ative', ''], ['alize', 'al'], ['iciti', 'ic'], ['ical', 'ic'], ['ness', ''], ['ful', '']];
const LAST = ['ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ion', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize',
  'al', 'er', 'ic', 'ou'];
function consonant(w, at) {
  return w[at] === 'y' ? at === 0 || !consonant(w, at - 1) : 'aeiou'.indexOf(w[at]) < 0;
}
function vowel(w) { for (let i = 0; i < w.length; i++) if (!consonant(w, i)) return true; return false; }
function measure(w) {
  let n = 0;
  for (let i = 1; i < w.length; i++) if (consonant(w, i) && !consonant(w, i - 1)) n++;
  return n;
}
function doubled(w) { const n = w.length; return n > 1 && w[n - 1] === w[n - 2] && consonant(w, n - 1); }
function shortEnd(w) {
  const n = w.length;
  return n > 2 && consonant(w, n - 1) && !consonant(w, n - 2) && consonant(w, n - 3) && 'wxy'.indexOf(w[n - 1]) < 0;
}
function ending(w, list, least) {
  const found = list.find((pair) => w.endsWith(pair[0]));
  if (!found) return w;
  const rest = w.slice(0, w.length - found[0].length);
  return measure(rest) > least ? rest + found[1] : w;
}
function pluralAndPast(w) {
  const plural = [['sses', 'ss'], ['ies', 'i'], ['ss', 'ss'], ['s', '']].find((pair) => w.endsWith(pair[0]));
  if (plural) w = w.slice(0, w.length - plural[0].length) + plural[1];
  if (w.endsWith('eed')) return ending(w, [['eed', 'ee']], 0);
  const past = w.endsWith('ed') ? 2 : w.endsWith('ing') ? 3 : 0;
  const rest = w.slice(0, w.length - past);
  if (!past || !vowel(rest)) return w;
  if (/(at|bl|iz)$/.test(rest)) return rest + 'e';
  if (doubled(rest) && !/[lsz]$/.test(rest)) return rest.slice(0, -1);
  return measure(rest) === 1 && shortEnd(rest) ? rest + 'e' : rest;
}
S.stem = function (text) {
  if (!/^[a-z]{3,}$/.test(text)) return text;
  let w = pluralAndPast(text);
  if (w.endsWith('y') && vowel(w.slice(0, -1))) w = w.slice(0, -1) + 'i';
  w = ending(ending(w, DERIVED, 0), FORMED, 0);
  const last = LAST.find((end) => w.endsWith(end));
  const before = last ? w.slice(0, w.length - last.length) : '';
  if (last && measure(before) > 1 && (last !== 'ion' || /[st]$/.test(before))) w = before;
  if (w.endsWith('e')) {
    const rest = w.slice(0, -1);
    const m = measure(rest);
    if (m > 1 || (m === 1 && !shortEnd(rest))) w = rest;
  }
  return measure(w) > 1 && doubled(w) && w.endsWith('l') ? w.slice(0, -1) : w;
};
