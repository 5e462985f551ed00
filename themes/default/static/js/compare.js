/* Choosing 2 to 4 entries by checkbox (kept for the visit), the bar that leads to the comparison,
   and on a matrix page the columns named in the address (?ids=a,b). */
(function () {
  "use strict";
  var LIMIT = 4;
  function all(selector, scope) { return Array.prototype.slice.call((scope || document).querySelectorAll(selector)); }
  function ids() {
    var raw = location.search.slice(1) || (location.hash.indexOf("#?") === 0 ? location.hash.slice(2) : "");
    var found = raw.split("&").filter(function (p) { return p.indexOf("ids=") === 0; })[0];
    if (!found) return [];
    var text = "";
    try { text = decodeURIComponent(found.slice(4)); } catch (e) { return []; }
    return text.split(",").filter(function (id, at, all) { return id && all.indexOf(id) === at; }).slice(0, LIMIT);
  }

  /* Matrix page */
  var table = document.querySelector("[data-matrix]");
  if (table) {
    var status = document.querySelector("[data-matrix-status]");
    var back = document.querySelector("[data-matrix-all]");
    var heads = all("thead [data-col]", table);
    var known = heads.map(function (h) { return h.getAttribute("data-col"); });
    var apply = function () {
      var wanted = ids().filter(function (id) { return known.indexOf(id) >= 0; });
      all("[data-col]", table).forEach(function (cell) {
        cell.hidden = wanted.length > 0 && wanted.indexOf(cell.getAttribute("data-col")) < 0;
      });
      all("tbody tr", table).forEach(function (row) {
        var shown = all("td", row).filter(function (c) { return !c.hidden; });
        row.hidden = wanted.length > 0 && shown.every(function (c) { return c.textContent.trim() === "–"; });
      });
      back.hidden = wanted.length === 0;
      status.textContent = wanted.length ? status.getAttribute("data-text").replace("{n}", wanted.length) : "";
    };
    window.addEventListener("popstate", apply);
    window.addEventListener("hashchange", apply);
    apply();
    return;
  }

  /* The choosing page leads on when the address already names entries. */
  all("[data-compare-kind]").forEach(function (link) {
    if (ids().length && location.search.indexOf("kind=" + link.getAttribute("data-compare-kind")) >= 0) {
      location.replace(link.getAttribute("href") + "?ids=" + ids().map(encodeURIComponent).join(","));
    }
  });

  /* Lists and entry pages */
  var bar = document.querySelector("[data-compare-bar]");
  if (!bar) return;
  var key = "sala-compare-" + bar.getAttribute("data-kind") + "-" + document.documentElement.lang;
  var list = bar.querySelector("[data-compare-list]");
  var go = bar.querySelector("[data-compare-go]");
  var note = bar.querySelector("[data-compare-status]");
  var chosen = load();

  function load() {
    try {
      var raw = JSON.parse(sessionStorage.getItem(key) || "[]");
      return Array.isArray(raw) ? raw.filter(function (x) { return x && typeof x.id === "string" && typeof x.title === "string"; }).slice(0, LIMIT) : [];
    } catch (e) { return []; }
  }
  function save() { try { sessionStorage.setItem(key, JSON.stringify(chosen)); } catch (e) { /* lasts for this page only */ } }
  function has(id) { return chosen.some(function (x) { return x.id === id; }); }
  function titleOf(box) {
    if (box.getAttribute("data-title")) return box.getAttribute("data-title");
    var card = box.closest(".card");
    return card ? card.getAttribute("data-title") : box.getAttribute("data-pick");
  }
  function draw() {
    all("[data-pick]").forEach(function (box) {
      box.checked = has(box.getAttribute("data-pick"));
      box.disabled = !box.checked && chosen.length >= LIMIT;
    });
    list.textContent = "";
    chosen.forEach(function (x) {
      var item = document.createElement("li");
      var button = document.createElement("button");
      button.type = "button";
      button.className = "chip on";
      button.setAttribute("aria-label", bar.getAttribute("data-remove") + " " + x.title);
      var label = document.createElement("span");
      label.textContent = x.title;
      button.appendChild(label);
      button.appendChild(document.createTextNode(" ×"));
      button.addEventListener("click", function () { drop(x.id); });
      item.appendChild(button);
      list.appendChild(item);
    });
    bar.hidden = chosen.length === 0;
    go.hidden = chosen.length < 2;
    go.textContent = bar.getAttribute("data-go").replace("{n}", chosen.length);
    go.setAttribute("href", bar.getAttribute("data-href") + "?ids=" + chosen.map(function (x) { return encodeURIComponent(x.id); }).join(","));
    note.textContent = chosen.length === 1 ? bar.getAttribute("data-one") : chosen.length === LIMIT ? bar.getAttribute("data-full") : "";
  }
  function drop(id) { chosen = chosen.filter(function (x) { return x.id !== id; }); save(); draw(); }
  /* Rows of a filtered list come and go: the document listens for all boxes. */
  document.addEventListener("change", function (event) {
    var box = event.target;
    if (!box.matches || !box.matches("[data-pick]")) return;
    var id = box.getAttribute("data-pick");
    if (!box.checked) { drop(id); return; }
    if (!has(id) && chosen.length < LIMIT) chosen.push({ id: id, title: titleOf(box) });
    save();
    draw();
  });
  document.addEventListener("sala-rows", draw);
  bar.querySelector("[data-compare-clear]").addEventListener("click", function () { chosen = []; save(); draw(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { chosen = load(); draw(); } });
  draw();
})();
