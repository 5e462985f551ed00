// --- "Did you mean" (Rust: query/suggest.rs) ---
function nearest(needle, text, limit) {
  const f = S.fold(text);
  const n = needle.length;
  const row = [];
  let found = null;
  let i;
  let j;
  for (i = 0; i <= n; i++) row.push([i, 0]);
  for (j = 0; j < f.c.length; j++) {
    let diagonal = row[0];
    row[0] = [0, j + 1];
    for (i = 1; i <= n; i++) {
      let least = [diagonal[0] + (needle[i - 1] === f.c[j] ? 0 : 1), diagonal[1]];
      if (row[i][0] + 1 < least[0]) least = [row[i][0] + 1, row[i][1]];
      if (row[i - 1][0] + 1 < least[0]) least = [row[i - 1][0] + 1, row[i - 1][1]];
      diagonal = row[i];
      row[i] = least;
    }
    const after = f.c[j + 1];
    const end = 'เแโใไ'.indexOf(f.c[j]) < 0 && (j + 1 >= f.c.length || !(isMark(after) || 'ะาำ'.indexOf(after) >= 0));
    const cost = 2 * row[n][0] + (f.c[row[n][1]] === needle[0] && f.c[j] === needle[n - 1] ? 0 : 1);
    if (end && row[n][0] <= limit && (!found || cost < found[0])) found = [cost, row[n][1], j];
  }
  if (!found) return null;
  let start = found[1];
  let a = Infinity;
  let b = 0;
  while (start > 0 && isMark(f.c[start])) start--;
  for (i = start; i <= found[2]; i++) { a = Math.min(a, f.s[i]); b = Math.max(b, f.e[i]); }
  return a < b ? [found[0] >> 1, text.slice(a, b).trim()] : null;
}
S.suggest = function (query, pages) {
  const needle = S.fold(query.slice(0, 4000)).c;
  let best = null;
  if (needle.length < K.suggest[0] || needle.length > K.suggest[1]) return '';
  const limit = Math.max(1, Math.floor(needle.length / K.edits));
  for (const [, title, , , , , sections] of pages) {
    const texts = [title];
    sections.forEach(([, heading, text]) => { texts.push(heading, text); });
    for (const text of texts) {
      const found = nearest(needle, text, best ? best[0] - 1 : limit);
      if (!found) continue;
      if (!found[0]) return '';
      // A piece of the query itself is no nearer spelling.
      const piece = S.fold(found[1]).c.join('');
      if (!piece || needle.join('').indexOf(piece) >= 0) continue;
      best = found;
    }
  }
  return best ? best[1] : '';
};
