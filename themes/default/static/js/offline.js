/* Offline copy: starts the service worker of the site and says when a newer version waits. Never from files. */
(function () {
  "use strict";
  var own = document.currentScript;
  if (location.protocol.indexOf("http") !== 0 || !("serviceWorker" in navigator) || !own) return;
  var root = new URL(document.body ? document.body.getAttribute("data-root") || "./" : "./", location.href).href;
  var thai = document.documentElement.lang !== "en";
  if (own.getAttribute("data-offline") === "withdraw") {
    navigator.serviceWorker.getRegistration(root).then(function (registration) { if (registration) registration.update(); });
    return;
  }
  function prompt(worker) {
    if (document.querySelector(".offline-note")) return;
    var note = document.createElement("div");
    note.className = "offline-note";
    note.setAttribute("role", "status");
    note.appendChild(document.createTextNode(thai ? "มีเนื้อหาฉบับใหม่ " : "A new version is ready "));
    [[thai ? "ใช้ฉบับใหม่" : "Use it", true], [thai ? "ไว้ก่อน" : "Later", false]].forEach(function (choice) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = choice[0];
      button.addEventListener("click", function () {
        note.remove();
        if (!choice[1]) return;
        navigator.serviceWorker.addEventListener("controllerchange", function () { location.reload(); }, { once: true });
        worker.postMessage("update");
      });
      note.appendChild(button);
    });
    document.body.appendChild(note);
  }
  function watch(registration) {
    if (registration.waiting && navigator.serviceWorker.controller) prompt(registration.waiting);
    registration.addEventListener("updatefound", function () {
      var worker = registration.installing;
      if (!worker) return;
      worker.addEventListener("statechange", function () {
        if (worker.state === "installed" && navigator.serviceWorker.controller) prompt(worker);
      });
    });
    var saves = navigator.connection && navigator.connection.saveData;
    if (registration.active && !saves) setTimeout(function () { registration.active.postMessage("fill"); }, 3000);
  }
  navigator.serviceWorker.register(new URL("sw.js", root).href, { scope: root, updateViaCache: "none" }).then(watch).catch(function () { /* the site works without it */ });
})();
