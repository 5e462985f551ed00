// Folding in the browser's script against the vectors. With --write the
// vectors are written anew from inputs.json-like texts on standard input.
'use strict';
const fs = require('fs');
const path = require('path');
const S = require('./search_core.js');
const file = path.join(__dirname, '../data/search/fold.json');
function result(text) {
  const f = S.fold(text);
  const tokens = S.tokens(f.c).map((t) => f.c.slice(t[0], t[1]).join(''));
  return {
    text,
    folded: f.c.join(''),
    source: f.c.map((_, i) => text.slice(f.s[i], f.e[i])),
    tokens,
    keys: tokens.map((t) => S.key(Array.from(t)).c.join('')),
  };
}
if (process.argv[2] === '--write') {
  const texts = JSON.parse(fs.readFileSync(0, 'utf8'));
  fs.writeFileSync(file, '[\n' + texts.map((t) => JSON.stringify(result(t))).join(',\n') + '\n]\n');
} else {
  const cases = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const c of cases) {
    const got = JSON.stringify(result(c.text));
    if (got !== JSON.stringify(c)) {
      console.error('differs:', JSON.stringify(c), got);
      process.exit(1);
    }
  }
  const stems = JSON.parse(fs.readFileSync(path.join(__dirname, '../data/search/stem.json'), 'utf8'));
  for (const [word, stem] of stems) {
    if (S.stem(word) !== stem) {
      console.error('stem differs:', word, S.stem(word), stem);
      process.exit(1);
    }
  }
  console.log(cases.length + ' vectors, ' + stems.length + ' stems');
}
