/* Lists: several facet values at once, counts, undo chips, the state in the address, the back button.
   Works on what the page already holds (data-f-<field> of each card), so it needs no network and runs from a file. */
(function () {
  "use strict";
  var area = document.querySelector("[data-browse]");
  if (!area) return;
  var cardList = area.querySelector("[data-cards]");
  var facets = area.querySelector("[data-facets]");
  if (!cardList || !facets) return;
  function all(selector, scope) { return Array.prototype.slice.call((scope || area).querySelectorAll(selector)); }
  function text(name) { return area.getAttribute("data-" + name) || ""; }

  var statusLine = area.querySelector("[data-status-line]");
  var chipList = area.querySelector("[data-chips]");
  var empty = area.querySelector("[data-empty]");
  var nameInput = facets.querySelector("[data-name-filter]");
  var closeButton = facets.querySelector("[data-filter-close]");
  var openButton = document.querySelector("[data-filter-open]");
  var state = {};
  var needle = "";

  var groups = all("[data-field]", facets).map(function (box) {
    var field = box.getAttribute("data-field");
    var fixed = box.querySelector("[aria-current]");
    var values = all("li[data-term]", box).map(function (item) {
      var link = item.querySelector("a");
      var value = { term: item.getAttribute("data-term"), label: link.firstElementChild.textContent, count: link.querySelector(".count") };
      if (!fixed) {
        var label = document.createElement("label");
        value.input = document.createElement("input");
        value.input.type = "checkbox";
        label.appendChild(value.input);
        while (link.firstChild) label.appendChild(link.firstChild);
        item.replaceChild(label, link);
        value.row = label;
        value.input.addEventListener("change", function () { set(field, value.term, value.input.checked); });
      }
      return value;
    });
    return { field: field, fixed: !!fixed, values: values };
  });

  var cards = all(".card", cardList).map(function (node) {
    var terms = {};
    groups.forEach(function (group) {
      var raw = node.getAttribute("data-f-" + group.field);
      terms[group.field] = raw ? raw.split(" ") : [];
    });
    return { node: node, terms: terms, name: null };
  });

  function passes(card, except) {
    if (needle) {
      if (card.name === null) card.name = card.node.textContent.toLowerCase();
      if (card.name.indexOf(needle) < 0) return false;
    }
    return Object.keys(state).every(function (field) {
      if (field === except || !state[field].length) return true;
      return state[field].some(function (term) { return (card.terms[field] || []).indexOf(term) >= 0; });
    });
  }

  function show() {
    var shown = 0;
    cards.forEach(function (card) {
      var ok = passes(card);
      card.node.hidden = !ok;
      if (ok) shown += 1;
    });
    var active = Object.keys(state).some(function (field) { return state[field].length; }) || needle;
    groups.forEach(function (group) {
      if (group.fixed) return;
      var pool = cards.filter(function (card) { return passes(card, group.field); });
      group.values.forEach(function (value) {
        var n = pool.filter(function (card) { return card.terms[group.field].indexOf(value.term) >= 0; }).length;
        value.count.textContent = n;
        value.input.checked = (state[group.field] || []).indexOf(value.term) >= 0;
        value.row.parentNode.hidden = n === 0 && !value.input.checked;
      });
    });
    if (active) statusLine.textContent = text("status").replace("{n}", shown).replace("{total}", cards.length);
    else statusLine.textContent = initialStatus;
    if (empty) empty.hidden = shown > 0;
    if (closeButton) closeButton.textContent = closeButton.getAttribute("data-text").replace("{n}", shown);
    chips(active);
  }
  var initialStatus = statusLine.textContent;

  function chips(active) {
    chipList.textContent = "";
    groups.forEach(function (group) {
      (state[group.field] || []).forEach(function (term) {
        var value = group.values.filter(function (v) { return v.term === term; })[0];
        chip(value ? value.label : term, function () { set(group.field, term, false); statusLine.focus(); });
      });
    });
    if (needle) chip("“" + needle + "”", function () { needle = ""; if (nameInput) nameInput.value = ""; changed(); });
    if (chipList.children.length > 1) chip(text("clear"), clearAll, true);
    chipList.hidden = !active;
  }
  function chip(label, undo, plain) {
    var item = document.createElement("li");
    var button = document.createElement("button");
    button.type = "button";
    button.className = plain ? "chip" : "chip on";
    button.textContent = plain ? label : label + " ×";
    if (!plain) button.setAttribute("aria-label", text("remove") + " " + label);
    button.addEventListener("click", undo);
    item.appendChild(button);
    chipList.appendChild(item);
  }
  statusLine.tabIndex = -1;

  function set(field, term, on) {
    var list = (state[field] || []).filter(function (t) { return t !== term; });
    if (on) list.push(term);
    state[field] = list;
    changed();
  }
  function clearAll() { state = {}; needle = ""; if (nameInput) nameInput.value = ""; changed(); statusLine.focus(); }

  function query() {
    var parts = [];
    Object.keys(state).forEach(function (field) {
      if (state[field].length) parts.push(encodeURIComponent(field) + "=" + state[field].map(encodeURIComponent).join(","));
    });
    if (needle) parts.push("q=" + encodeURIComponent(needle));
    return parts.join("&");
  }
  function changed() {
    var q = query();
    try { history.pushState(null, "", q ? "?" + q : location.pathname); }
    catch (e) { quiet = true; location.hash = q ? "?" + q : ""; }
    show();
  }
  var quiet = false;
  var drawn = false;
  function read() {
    state = {};
    needle = "";
    var raw = location.search.slice(1) || (location.hash.indexOf("#?") === 0 ? location.hash.slice(2) : "");
    raw.split("&").forEach(function (pair) {
      var cut = pair.indexOf("=");
      if (cut < 1) return;
      var key = decode(pair.slice(0, cut));
      if (key === "q") { needle = decode(pair.slice(cut + 1)).toLowerCase(); return; }
      var group = groups.filter(function (g) { return g.field === key && !g.fixed; })[0];
      if (!group) return;
      state[key] = pair.slice(cut + 1).split(",").map(decode).filter(function (term) {
        return group.values.some(function (v) { return v.term === term; });
      });
    });
    if (nameInput) nameInput.value = needle;
    // The page arrives with every entry shown and the right counts: without choices there is nothing to do.
    if (drawn || needle || Object.keys(state).length) show();
    drawn = true;
  }
  function decode(part) { try { return decodeURIComponent(part.replace(/\+/g, " ")); } catch (e) { return ""; } }
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", function () { if (quiet) quiet = false; else read(); });
  if (nameInput) {
    var timer = 0;
    nameInput.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () { needle = nameInput.value.trim().toLowerCase(); changed(); }, 250);
    });
  }

  /* The sheet on phones. */
  function sheet(open) {
    if (open) { facets.setAttribute("data-open", ""); facets.querySelector("summary, input").focus(); }
    else { facets.removeAttribute("data-open"); if (openButton) openButton.focus(); }
  }
  if (openButton) openButton.addEventListener("click", function (event) { event.preventDefault(); sheet(true); });
  if (closeButton) closeButton.addEventListener("click", function () { sheet(false); });
  var clearButton = facets.querySelector("[data-filter-clear]");
  if (clearButton) clearButton.addEventListener("click", clearAll);
  facets.addEventListener("keydown", function (event) { if (event.key === "Escape" && facets.hasAttribute("data-open")) sheet(false); });

  read();
})();
