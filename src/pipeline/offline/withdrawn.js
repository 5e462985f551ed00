/* The offline copy of this site was withdrawn: it removes itself. */
"use strict";
self.addEventListener("install", () => { self.skipWaiting(); });
self.addEventListener("activate", (event) => {
  const prefix = "sala " + self.registration.scope + " ";
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.indexOf(prefix) === 0).map((name) => caches.delete(name)))).then(() => self.registration.unregister()));
});
