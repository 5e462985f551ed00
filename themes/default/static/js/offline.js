/* Offline copy: starts the service worker of the site and says when a newer version waits. Never from files. */
(function () {
  "use strict";
  const own = document.currentScript;
  if (location.protocol.indexOf("http") !== 0 || !("serviceWorker" in navigator) || !own) return;
  const root = new URL(document.body ? document.body.getAttribute("data-root") || "./" : "./", location.href).href;
  const thai = /^th\b/.test(document.documentElement.lang);
  if (own.getAttribute("data-offline") === "withdraw") {
    navigator.serviceWorker.getRegistration(root).then((registration) => { if (registration) registration.update(); });
    return;
  }
  function prompt(worker) {
    if (document.querySelector(".offline-note")) return;
    const note = document.createElement("div");
    note.className = "offline-note panel actions";
    note.setAttribute("role", "status");
    note.appendChild(document.createTextNode(thai ? "มีเนื้อหาฉบับใหม่ " : "A new version is ready "));
    /** @type {[string, boolean][]} */
    const choices = [[thai ? "ใช้ฉบับใหม่" : "Use it", true], [thai ? "ไว้ก่อน" : "Later", false]];
    choices.forEach(([label, now]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = label;
      button.addEventListener("click", () => {
        note.remove();
        if (!now) return;
        navigator.serviceWorker.addEventListener("controllerchange", () => { location.reload(); }, { once: true });
        worker.postMessage("update");
      });
      note.appendChild(button);
    });
    document.body.appendChild(note);
  }
  function watch(registration) {
    if (registration.waiting && navigator.serviceWorker.controller) prompt(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      if (!worker) return;
      worker.addEventListener("statechange", () => {
        if (worker.state === "installed" && navigator.serviceWorker.controller) prompt(worker);
      });
    });
    const saves = navigator.connection && navigator.connection.saveData;
    if (registration.active && !saves) setTimeout(() => { registration.active.postMessage("fill"); }, 3000);
  }
  navigator.serviceWorker.register(new URL("sw.js", root).href, { scope: root, updateViaCache: "none" })
    .then(watch)
    .catch(() => { /* the site works without it */ });
})();
