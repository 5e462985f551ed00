// --- Kinds and questions in a query (Rust: query/reading.rs) ---
function thaiEnd(c) { return !!c && isThai(c); }
function tells(rest) { return Array.from(rest).length > 1 || /^[0-9]/.test(rest); }
function afterWord(text, word) {
  if (!text.startsWith(word)) return '';
  const rest = text.slice(word.length);
  const parted = rest[0] === ' ' || thaiEnd(word[word.length - 1]);
  const left = parted && mayOpen(Array.from(text), Array.from(word).length) ? rest.trimStart() : '';
  return tells(left) ? left : '';
}
function beforeWord(text, word) {
  if (!text.endsWith(word)) return '';
  const rest = text.slice(0, text.length - word.length);
  const parted = rest.endsWith(' ') || thaiEnd(word[0]);
  const left = parted ? rest.trimEnd() : '';
  return tells(left) ? left : '';
}
function firstOf(words, f) {
  for (const word of words) {
    const found = f(word);
    if (found) return found;
  }
  return '';
}
function questionOf(text, questions) {
  /** @type {any} */
  let found = null;
  questions.forEach(([id, before, after]) => {
    function strip(rest) {
      return firstOf(after, (w) => beforeWord(rest, w)) || firstOf(before, (w) => afterWord(rest, w));
    }
    let rest = strip(text);
    if (!rest) return;
    rest = strip(rest) || rest;
    if (!found || S.utf8(rest) < S.utf8(found[0])) found = [rest, id];
  });
  return found;
}
// Length in UTF-8, by which the command line tells longer words.
S.utf8 = function (text) {
  let n = 0;
  for (const c of text) { const code = c.codePointAt(0); n += code < 128 ? 1 : code < 2048 ? 2 : code < 65536 ? 3 : 4; }
  return n;
};
function kindOf(text, site, whole) {
  /** @type {any} */
  let found = null;
  /** @type {any} */
  let all = null;
  site.kinds.forEach(([id, , , words]) => {
    words.forEach((word) => {
      if (text === word) all = all || [text, id];
      const rest = afterWord(text, word) || (thaiEnd(word[0]) ? '' : beforeWord(text, word));
      if (rest && (!found || S.utf8(word) > found[0])) found = [S.utf8(word), rest, id];
    });
  });
  // The name of a kind alone is no kind and a name.
  if (all) return whole ? all : null;
  if (!found) return null;
  let rest = found[1];
  for (let i = 0; i < 2; i++) rest = firstOf(site.between, (w) => afterWord(rest, w)) || rest;
  return [rest, found[2]];
}
S.readings = function (text, site) {
  /** @type {any[]} */
  const out = [];
  const asked = questionOf(text, site.questions);
  let kind;
  if (asked) {
    kind = kindOf(asked[0], site, true);
    // Of examples the kind is asked for, of other questions what is named.
    /** @type {any} */
    const named = { text: asked[0], kind: '', question: asked[1], named: true };
    /** @type {any[]} */
    const both = kind ? [{ text: kind[0], kind: kind[1], question: asked[1], named: false }] : [];
    out.push(...(asked[1] === 'example' ? both.concat(named) : [named].concat(both)));
    out.push({ text: asked[0], kind: '', question: asked[1], named: false });
  }
  kind = kindOf(text, site, false);
  if (kind) out.push({ text: kind[0], kind: kind[1], question: '', named: false });
  return out;
};
