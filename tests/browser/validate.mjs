// HTML validation of every page with html-validate; ends with code 1 when anything is found.
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { join } from "node:path";
import { built, pages, site } from "./lib.mjs";

if (!built) { console.error(`no built site at ${site}`); process.exit(2); }
const loader = new StaticConfigLoader({
  extends: ["html-validate:recommended", "html-validate:a11y", "html-validate:document"],
  rules: {
    // Matters of taste, not of HTML: how void elements are closed, spaces at line ends, length of titles.
    "void-style": "off", "no-trailing-whitespace": "off", "long-title": "off", "no-inline-style": "error",
    "doctype-style": "off", "attribute-boolean-style": "off", "no-raw-characters": "off", "require-sri": "off",
    // Cards and tables name their roles where a style changes the display.
    "no-redundant-role": "off",
    // A scrolling table is a group that the keyboard can reach.
    "prefer-native-element": ["error", { exclude: ["group", "button", "region"] }],
    "tel-non-breaking": "off", "valid-id": ["error", { relaxed: true }],
  },
});
const validator = new HtmlValidate(loader);
const only = process.argv.slice(2);
const found = new Map();
let count = 0;
for (const path of only.length ? only : pages()) {
  count += 1;
  const report = await validator.validateFile(join(site, path));
  for (const result of report.results) for (const message of result.messages) {
    const key = `${message.ruleId}: ${message.message}`;
    if (!found.has(key)) found.set(key, { n: 0, at: `${path}:${message.line}:${message.column}` });
    found.get(key).n += 1;
  }
}
for (const [key, { n, at }] of [...found].sort((a, b) => b[1].n - a[1].n)) console.log(`${n} × ${key} (first at ${at})`);
console.log(`${count} pages, ${found.size} kinds of findings`);
process.exit(found.size ? 1 : 0);
