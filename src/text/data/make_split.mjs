// Which words of words.txt.gz browsers split at the end of a line: one bit a word, in the order of the list, the lowest bit of
// a byte first. Browsers cut Thai with the dictionary of ICU, and so does Node.
//   node make_split.mjs words.txt.gz split.bits
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const [list, out] = process.argv.slice(2);
const words = gunzipSync(readFileSync(list)).toString().split("\n").filter(Boolean).map((line) => line.split("\t")[0]);
const segmenter = new Intl.Segmenter("th", { granularity: "word" });
const bits = Buffer.alloc(Math.ceil(words.length / 8));
words.forEach((word, i) => { if ([...segmenter.segment(word)].length > 1) bits[i >> 3] |= 1 << (i & 7); });
writeFileSync(out, bits);
