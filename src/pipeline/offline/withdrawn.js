/* The offline copy of this site was withdrawn: it removes itself. */
"use strict";
self.addEventListener("install", () => { self.skipWaiting(); });
async function withdraw() {
  const prefix = "sala " + self.registration.scope + " ";
  const names = (await caches.keys()).filter((name) => name.indexOf(prefix) === 0);
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
self.addEventListener("activate", (event) => { event.waitUntil(withdraw()); });
