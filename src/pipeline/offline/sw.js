/* Offline copy of this site. Pages come from the network while there is one, else from the copy. */
"use strict";
var SETTINGS = "SETTINGS";
var SCOPE = self.registration.scope;
var PREFIX = "sala " + SCOPE + " ";
var NAME = PREFIX + SETTINGS.version;
var LIST = SCOPE + "offline.json";
var PATIENCE = 4000;

/* One key for a folder and its index page; what follows ? and # does not make another page. */
function keyOf(address) {
  var url = new URL(address);
  return url.origin + url.pathname + (url.pathname.slice(-1) === "/" ? "index.html" : "");
}
function isFixed(key) {
  var path = key.slice(SCOPE.length);
  return path.indexOf("assets/") === 0 || (path.indexOf("search/") === 0 && path.slice(-9) !== "router.js");
}
function readList(cache) {
  return cache.match(LIST).then(function (found) { return found ? found.json() : { files: [] }; }).then(function (list) {
    var byKey = {};
    list.files.forEach(function (file) { byKey[SCOPE + encodeURI(file[0])] = { hash: file[1], size: file[2] }; });
    return byKey;
  });
}
function oldNames() {
  return caches.keys().then(function (names) {
    return names.filter(function (name) { return name.indexOf(PREFIX) === 0 && name !== NAME; });
  });
}
/* A redirected answer may not be given to a navigation. */
function clean(response) {
  if (!response.redirected) return Promise.resolve(response);
  return response.blob().then(function (body) { return new Response(body, { status: 200, headers: { "content-type": response.headers.get("content-type") || "" } }); });
}
function load(cache, key) {
  return fetch(key, { cache: "no-cache", credentials: "same-origin" }).then(function (response) {
    if (!response.ok) throw new Error(key);
    return clean(response).then(function (whole) { return cache.put(key, whole); });
  });
}
/* Files that did not change are taken over from the former version. */
function takeOver(cache, list) {
  return oldNames().then(function (names) {
    return names.reduce(function (before, name) {
      return before.then(function () { return caches.open(name); }).then(function (old) {
        return Promise.all([readList(old), old.keys()]).then(function (both) {
          return both[1].reduce(function (done, request) {
            var was = both[0][request.url], is = list[request.url];
            if (!was || !is || was.hash !== is.hash) return done;
            return done.then(function () { return old.match(request); }).then(function (found) { return found && cache.put(request.url, found); });
          }, Promise.resolve());
        });
      });
    }, Promise.resolve());
  });
}
self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(NAME).then(function (cache) {
    return load(cache, LIST).then(function () { return readList(cache); }).then(function (list) {
      return takeOver(cache, list);
    }).then(function () {
      return Promise.all(SETTINGS.core.map(function (path) {
        var key = SCOPE + encodeURI(path);
        return cache.match(key).then(function (found) { return found || load(cache, key); });
      }));
    });
  }));
});
self.addEventListener("activate", function (event) {
  event.waitUntil(oldNames().then(function (names) {
    return Promise.all(names.map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

/* How much of the limit is used; what came first goes first, the core stays. */
var core = {};
SETTINGS.core.forEach(function (path) { core[SCOPE + encodeURI(path)] = true; });
core[LIST] = true;
function room(cache, list, wanted, mayDrop) {
  return cache.keys().then(function (requests) {
    var used = wanted;
    requests.forEach(function (request) { used += (list[request.url] || { size: 0 }).size; });
    if (used <= SETTINGS.limit) return true;
    if (!mayDrop) return false;
    return Promise.all(requests.filter(function (request) {
      if (used <= SETTINGS.limit || core[request.url]) return false;
      used -= (list[request.url] || { size: 0 }).size;
      return true;
    }).map(function (request) { return cache.delete(request); })).then(function () { return used <= SETTINGS.limit; });
  });
}
var saving = Promise.resolve();
function save(key, response) {
  saving = saving.then(function () { return caches.open(NAME); }).then(function (cache) {
    return readList(cache).then(function (list) {
      if (!list[key]) return undefined;
      return cache.delete(key).then(function () { return room(cache, list, list[key].size, true); }).then(function (fits) {
        return fits ? clean(response).then(function (whole) { return cache.put(key, whole); }) : undefined;
      });
    });
  }).catch(function () { /* a full disk does not hinder reading */ });
  return saving;
}
/* The rest of the site, quietly, until the limit is reached. */
function fill() {
  return caches.open(NAME).then(function (cache) {
    return readList(cache).then(function (list) {
      var used = 0;
      var keys = Object.keys(list);
      return cache.keys().then(function (requests) {
        var have = {};
        requests.forEach(function (request) { have[request.url] = true; used += (list[request.url] || { size: 0 }).size; });
        return keys.filter(function (key) {
          if (have[key] || used + list[key].size > SETTINGS.limit) return false;
          used += list[key].size;
          return true;
        });
      }).then(function (missing) {
        return missing.reduce(function (before, key) {
          return before.then(function () { return load(cache, key); });
        }, Promise.resolve());
      });
    });
  }).catch(function () { /* the connection went: the next visit goes on */ });
}
function absent() {
  var home = SCOPE + "index.html";
  var html = "<!doctype html><html lang=\"th\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>ไม่มีการเชื่อมต่อ</title></head><body><main><h1>ไม่มีการเชื่อมต่อ</h1><p>หน้านี้ยังไม่ได้เก็บไว้ในเครื่อง ลองอีกครั้งเมื่อมีอินเทอร์เน็ต</p><p lang=\"en\">This page is not stored on this device yet. Try again when you are connected.</p><p><a href=\"" + home.replace(/&/g, "&amp;").replace(/"/g, "&quot;") + "\">หน้าแรก · Home</a></p></main></body></html>";
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}
function stored(key) {
  return caches.open(NAME).then(function (cache) { return cache.match(key); });
}
function fresh(event, key) {
  return fetch(event.request).then(function (response) {
    if (response.ok && response.type === "basic") event.waitUntil(save(key, response.clone()));
    return response;
  });
}
self.addEventListener("fetch", function (event) {
  var request = event.request;
  if (request.method !== "GET" || request.url.indexOf(SCOPE) !== 0 || request.headers.has("range")) return;
  var key = keyOf(request.url);
  if (key === LIST || key === SCOPE + "sw.js") return;
  if (isFixed(key)) {
    event.respondWith(stored(key).then(function (found) { return found || fresh(event, key); }));
    return;
  }
  event.respondWith(stored(key).then(function (found) {
    var late = found ? new Promise(function (done) { setTimeout(done, PATIENCE, found.clone()); }) : null;
    var network = fresh(event, key).catch(function (error) {
      if (found) return found;
      if (request.mode === "navigate") return absent();
      throw error;
    });
    return late ? Promise.race([network, late]) : network;
  }));
});
self.addEventListener("message", function (event) {
  if (event.data === "update") self.skipWaiting();
  if (event.data === "fill") event.waitUntil(fill());
});
