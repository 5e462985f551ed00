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
    var end = 'เแโใไ'.indexOf(f.c[j]) < 0 && (j + 1 >= f.c.length || !(isMark(f.c[j + 1]) || 'ะาำ'.indexOf(f.c[j + 1]) >= 0));
    var cost = 2 * row[n][0] + (f.c[row[n][1]] === needle[0] && f.c[j] === needle[n - 1] ? 0 : 1);
    if (end && row[n][0] <= limit && (!found || cost < found[0])) found = [cost, row[n][1], j];
  }
  if (!found) return null;
  var start = found[1], a = Infinity, b = 0;
  while (start > 0 && isMark(f.c[start])) start--;
  for (i = start; i <= found[2]; i++) { a = Math.min(a, f.s[i]); b = Math.max(b, f.e[i]); }
  return a < b ? [found[0] >> 1, text.slice(a, b).trim()] : null;
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
      // A piece of the query itself is no nearer spelling.
      var piece = S.fold(found[1]).c.join('');
      if (!piece || needle.join('').indexOf(piece) >= 0) continue;
      best = found;
    }
  }
  return best ? best[1] : '';
};
