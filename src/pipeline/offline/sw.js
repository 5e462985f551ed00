/* Offline copy of this site. Pages come from the network while there is one, else from the copy. */
"use strict";
/** The program writes them here. @type {any} */
const SETTINGS = "SETTINGS";
/** @type {any} The global scope of a service worker. */
const worker = self;
const SCOPE = worker.registration.scope;
const PREFIX = "sala " + SCOPE + " ";
const NAME = PREFIX + SETTINGS.version;
const LIST = SCOPE + "offline.json";
const PATIENCE = 4000;

/* One key for a folder and its index page; what follows ? and # does not make another page. */
function keyOf(address) {
  const url = new URL(address);
  return url.origin + url.pathname + (url.pathname.slice(-1) === "/" ? "index.html" : "");
}
function isFixed(key) {
  const path = key.slice(SCOPE.length);
  return path.indexOf("assets/") === 0 || (path.indexOf("search/") === 0 && path.slice(-9) !== "router.js");
}
function readList(cache) {
  return cache.match(LIST).then((found) => found ? found.json() : { files: [] }).then((list) => {
    const byKey = {};
    list.files.forEach((file) => { byKey[SCOPE + encodeURI(file[0])] = { hash: file[1], size: file[2] }; });
    return byKey;
  });
}
function oldNames() {
  return caches.keys().then((names) => names.filter((name) => name.indexOf(PREFIX) === 0 && name !== NAME));
}
/* A redirected answer may not be given to a navigation. */
async function clean(response) {
  if (!response.redirected) return response;
  const type = response.headers.get("content-type") || "";
  return new Response(await response.blob(), { status: 200, headers: { "content-type": type } });
}
async function load(cache, key) {
  const response = await fetch(key, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok) throw new Error(key);
  await cache.put(key, await clean(response));
}
/* Files that did not change are taken over from the former version. */
async function takeOver(cache, list) {
  for (const name of await oldNames()) {
    const old = await caches.open(name);
    const [listed, requests] = await Promise.all([readList(old), old.keys()]);
    for (const request of requests) {
      const was = listed[request.url];
      const is = list[request.url];
      if (!was || !is || was.hash !== is.hash) continue;
      const found = await old.match(request);
      if (found) await cache.put(request.url, found);
    }
  }
}
async function install() {
  const cache = await caches.open(NAME);
  await load(cache, LIST);
  await takeOver(cache, await readList(cache));
  await Promise.all(SETTINGS.core.map(async (path) => {
    const key = SCOPE + encodeURI(path);
    if (!await cache.match(key)) await load(cache, key);
  }));
}
async function activate() {
  await Promise.all((await oldNames()).map((name) => caches.delete(name)));
  await worker.clients.claim();
}
worker.addEventListener("install", (event) => { event.waitUntil(install()); });
worker.addEventListener("activate", (event) => { event.waitUntil(activate()); });

/* How much of the limit is used; what came first goes first, the core stays. */
const core = {};
SETTINGS.core.forEach((path) => { core[SCOPE + encodeURI(path)] = true; });
core[LIST] = true;
function room(cache, list, wanted, mayDrop) {
  return cache.keys().then((requests) => {
    let used = wanted;
    requests.forEach((request) => { used += (list[request.url] || { size: 0 }).size; });
    if (used <= SETTINGS.limit) return true;
    if (!mayDrop) return false;
    return Promise.all(requests.filter((request) => {
      if (used <= SETTINGS.limit || core[request.url]) return false;
      used -= (list[request.url] || { size: 0 }).size;
      return true;
    }).map((request) => cache.delete(request))).then(() => used <= SETTINGS.limit);
  });
}
async function keep(key, response) {
  const cache = await caches.open(NAME);
  const list = await readList(cache);
  if (!list[key]) return;
  await cache.delete(key);
  if (await room(cache, list, list[key].size, true)) await cache.put(key, await clean(response));
}
let saving = Promise.resolve();
function save(key, response) {
  saving = saving.then(() => keep(key, response)).catch(() => { /* a full disk does not hinder reading */ });
  return saving;
}
/* The rest of the site, quietly, until the limit is reached. */
async function fill() {
  try {
    const cache = await caches.open(NAME);
    const list = await readList(cache);
    const have = {};
    let used = 0;
    (await cache.keys()).forEach((request) => {
      have[request.url] = true;
      used += (list[request.url] || { size: 0 }).size;
    });
    const missing = Object.keys(list).filter((key) => {
      if (have[key] || used + list[key].size > SETTINGS.limit) return false;
      used += list[key].size;
      return true;
    });
    for (const key of missing) await load(cache, key);
  } catch (e) { /* the connection went: the next visit goes on */ }
}
function absent() {
  const home = SCOPE + "index.html";
  const address = home.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  const html = `<!doctype html><html lang="th"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>ไม่มีการเชื่อมต่อ</title></head>
<body><main><h1>ไม่มีการเชื่อมต่อ</h1>
<p>หน้านี้ยังไม่ได้เก็บไว้ในเครื่อง ลองอีกครั้งเมื่อมีอินเทอร์เน็ต</p>
<p lang="en">This page is not stored on this device yet. Try again when you are connected.</p>
<p><a href="${address}">หน้าแรก · Home</a></p></main></body></html>`;
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}
function stored(key) {
  return caches.open(NAME).then((cache) => cache.match(key));
}
function fresh(event, key) {
  return fetch(event.request).then((response) => {
    if (response.ok && response.type === "basic") event.waitUntil(save(key, response.clone()));
    return response;
  });
}
worker.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || request.url.indexOf(SCOPE) !== 0 || request.headers.has("range")) return;
  const key = keyOf(request.url);
  if (key === LIST || key === SCOPE + "sw.js") return;
  if (isFixed(key)) {
    event.respondWith(stored(key).then((found) => found || fresh(event, key)));
    return;
  }
  event.respondWith(stored(key).then((found) => {
    const late = found ? new Promise((done) => { setTimeout(done, PATIENCE, found.clone()); }) : null;
    const network = fresh(event, key).catch((error) => {
      if (found) return found;
      if (request.mode === "navigate") return absent();
      throw error;
    });
    return late ? Promise.race([network, late]) : network;
  }));
});
worker.addEventListener("message", (event) => {
  if (event.data === "update") worker.skipWaiting();
  if (event.data === "fill") event.waitUntil(fill());
});
