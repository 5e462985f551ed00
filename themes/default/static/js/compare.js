/* Choosing 2 to 4 entries by checkbox (kept for the visit), the bar that leads to the comparison,
   and on a matrix page the columns named in the address (?ids=a,b). */
(function () {
  "use strict";
  const LIMIT = 4;
  /** @param {string} selector @param {ParentNode} [scope] @returns {HTMLInputElement[]} */
  function all(selector, scope) {
    return /** @type {any[]} */ (Array.from((scope || document).querySelectorAll(selector)));
  }
  function ids() {
    const raw = location.search.slice(1) || (location.hash.indexOf("#?") === 0 ? location.hash.slice(2) : "");
    const found = raw.split("&").filter((p) => p.indexOf("ids=") === 0)[0];
    if (!found) return [];
    let text;
    try { text = decodeURIComponent(found.slice(4)); } catch (e) { return []; }
    return text.split(",").filter((id, at, all) => id && all.indexOf(id) === at).slice(0, LIMIT);
  }

  /** @param {string} selector @param {ParentNode} [scope] @returns {HTMLElement} Or null. */
  function one(selector, scope) { return /** @type {any} */ ((scope || document).querySelector(selector)); }

  /* Matrix page */
  const table = document.querySelector("[data-matrix]");
  if (table) {
    const status = document.querySelector("[data-matrix-status]");
    const back = one("[data-matrix-all]");
    const heads = all("thead [data-col]", table);
    const known = heads.map((h) => h.getAttribute("data-col"));
    const only = /** @type {HTMLInputElement} */ (one("[data-matrix-differ]"));
    const mark = (row, differs) => {
      const head = one("th", row);
      const badge = one(".differs", head);
      if (badge) badge.remove();
      if (!differs) return;
      const made = document.createElement("span");
      made.className = "differs";
      made.textContent = only.getAttribute("data-mark");
      head.append(" ", made);
    };
    const apply = function () {
      const wanted = ids().filter((id) => known.indexOf(id) >= 0);
      /** @type {any} */ (table).dataset.chosen = wanted.length || "";
      only.parentElement.hidden = wanted.length < 2;
      all("[data-col]", table).forEach((cell) => {
        cell.hidden = wanted.length > 0 && wanted.indexOf(cell.getAttribute("data-col")) < 0;
      });
      all("tbody tr", table).forEach((row) => {
        const shown = all("td", row).filter((c) => !c.hidden);
        const said = shown.map((c) => c.textContent.replace(/\s+/g, " ").trim());
        const differs = wanted.length > 1 && said.some((text) => text !== said[0]);
        const empty = wanted.length > 0 && said.every((text) => text === "–");
        mark(row, differs);
        row.hidden = empty || (wanted.length > 1 && only.checked && !differs);
      });
      back.hidden = wanted.length === 0;
      status.textContent = wanted.length ? status.getAttribute("data-text").replace("{n}", String(wanted.length)) : "";
    };
    only.addEventListener("change", apply);
    window.addEventListener("popstate", apply);
    window.addEventListener("hashchange", apply);
    apply();
    return;
  }

  /* The choosing page leads on when the address already names entries. */
  all("[data-compare-kind]").forEach((link) => {
    if (ids().length && location.search.indexOf("kind=" + link.getAttribute("data-compare-kind")) >= 0) {
      location.replace(link.getAttribute("href") + "?ids=" + ids().map(encodeURIComponent).join(","));
    }
  });

  /* Lists and entry pages */
  const bar = one("[data-compare-bar]");
  if (!bar) return;
  const key = "sala-compare-" + bar.getAttribute("data-kind") + "-" + document.documentElement.lang;
  const list = bar.querySelector("[data-compare-list]");
  const go = one("[data-compare-go]", bar);
  const note = bar.querySelector("[data-compare-status]");
  let chosen = load();

  function load() {
    try {
      const raw = JSON.parse(sessionStorage.getItem(key) || "[]");
      if (!Array.isArray(raw)) return [];
      return raw.filter((x) => x && typeof x.id === "string" && typeof x.title === "string").slice(0, LIMIT);
    } catch (e) { return []; }
  }
  function save() {
    try { sessionStorage.setItem(key, JSON.stringify(chosen)); } catch (e) { /* lasts for this page only */ }
  }
  function has(id) { return chosen.some((x) => x.id === id); }
  function titleOf(box) {
    if (box.getAttribute("data-title")) return box.getAttribute("data-title");
    const card = box.closest(".card");
    return card ? card.getAttribute("data-title") : box.getAttribute("data-pick");
  }
  function draw() {
    all("[data-pick]").forEach((box) => {
      box.checked = has(box.getAttribute("data-pick"));
      box.disabled = !box.checked && chosen.length >= LIMIT;
    });
    list.textContent = "";
    chosen.forEach((x) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip on";
      button.setAttribute("aria-label", bar.getAttribute("data-remove") + " " + x.title);
      const label = document.createElement("span");
      label.textContent = x.title;
      button.appendChild(label);
      button.appendChild(document.createTextNode(" ×"));
      button.addEventListener("click", () => { drop(x.id); });
      item.appendChild(button);
      list.appendChild(item);
    });
    bar.hidden = chosen.length === 0;
    go.hidden = chosen.length < 2;
    go.textContent = bar.getAttribute("data-go").replace("{n}", String(chosen.length));
    const wanted = chosen.map((x) => encodeURIComponent(x.id)).join(",");
    go.setAttribute("href", bar.getAttribute("data-href") + "?ids=" + wanted);
    const said = { 1: "data-one", [LIMIT]: "data-full" }[chosen.length];
    note.textContent = said ? bar.getAttribute(said) : "";
  }
  function drop(id) { chosen = chosen.filter((x) => x.id !== id); save(); draw(); }
  /* Rows of a filtered list come and go: the document listens for all boxes. */
  document.addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (!box.matches || !box.matches("[data-pick]")) return;
    const id = box.getAttribute("data-pick");
    if (!box.checked) { drop(id); return; }
    if (!has(id) && chosen.length < LIMIT) chosen.push({ id, title: titleOf(box) });
    save();
    draw();
  });
  document.addEventListener("sala-rows", draw);
  bar.querySelector("[data-compare-clear]").addEventListener("click", () => { chosen = []; save(); draw(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { chosen = load(); draw(); } });
  draw();
})();
