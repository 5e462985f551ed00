// Every link, anchor, asset and data address of every page leads to something that exists; a link to a page in another
// language says so (hreflang).
import { existsSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { built, pages, read, site } from "./lib.mjs";

if (!built) { console.error(`no built site at ${site}`); process.exit(2); }
const all = pages();
const ids = new Map();
const anchors = (path) => {
  if (!ids.has(path)) ids.set(path, new Set([...read(path).matchAll(/\sid="([^"]+)"/g)].map((m) => m[1].replace(/&amp;/g, "&"))));
  return ids.get(path);
};
const bad = [];
let count = 0;
const language = (path) => (path.startsWith("en/") ? "en" : "th");
for (const path of all) {
  const html = read(path);
  const seen = new Set();
  for (const [, , raw] of html.matchAll(/\s(href|src)="([^"]*)"/g)) {
    if (seen.has(raw)) continue;
    seen.add(raw);
    const address = raw.replace(/&amp;/g, "&");
    if (/^(https?:|mailto:|tel:|data:)/.test(address)) continue;
    count += 1;
    if (path === "404.html" && address.startsWith("/")) continue;
    const [rest, fragment] = address.split("#");
    const target = decodeURIComponent(rest.split("?")[0]);
    const file = target === "" ? path : normalize(join(dirname(path), target));
    if (file.startsWith("..") || !existsSync(join(site, file)) || statSync(join(site, file)).isDirectory()) { bad.push(`${path}: ${address} leads nowhere`); continue; }
    if (fragment && file.endsWith(".html") && !anchors(file).has(decodeURIComponent(fragment)) && !anchors(file).has(fragment)) bad.push(`${path}: ${address} has no such anchor`);
  }
  // The list of a language other than the page's is no surprise: the link tells.
  for (const [tag, raw] of html.matchAll(/<a\s[^>]*?href="([^"]*)"[^>]*>/g)) {
    if (/^(https?:|mailto:|tel:|data:|#|\/)/.test(raw) || !/\.html/.test(raw)) continue;
    const target = language(normalize(join(dirname(path), decodeURIComponent(raw.replace(/&amp;/g, "&").split(/[?#]/)[0]))));
    if (target !== language(path) && !tag.includes(`hreflang="${target}"`)) bad.push(`${path}: ${raw} leads to another language and does not say so`);
  }
  const own = [...html.matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]);
  const twice = own.filter((id, at) => own.indexOf(id) !== at);
  if (twice.length) bad.push(`${path}: ids used twice: ${[...new Set(twice)].join(", ")}`);
}
for (const line of bad.slice(0, 200)) console.log(line);
console.log(`${all.length} pages, ${count} internal links, ${bad.length} findings`);
process.exit(bad.length ? 1 : 0);
