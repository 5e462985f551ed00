/* Lists: several facet values at once, counts, undo chips, the state in the address, the back button.
   A short list is filtered from what the page holds (data-f-<field> of each card). A list in several pages loads the
   data of all its entries (data-list names the script) when the reader filters. Both need no server. */
(function () {
  "use strict";
  var STEP = 100;
  var area = document.querySelector("[data-browse]");
  if (!area) return;
  var cardList = area.querySelector("[data-cards]");
  var facets = area.querySelector("[data-facets]");
  if (!cardList || !facets) return;
  function all(selector, scope) { return Array.prototype.slice.call((scope || area).querySelectorAll(selector)); }
  function text(name) { return area.getAttribute("data-" + name) || ""; }
  function make(tag, className, content) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (content) node.textContent = content;
    return node;
  }

  var statusLine = area.querySelector("[data-status-line]");
  var chipList = area.querySelector("[data-chips]");
  var empty = area.querySelector("[data-empty]");
  var nameInput = facets.querySelector("[data-name-filter]");
  var closeButton = facets.querySelector("[data-filter-close]");
  var openButton = document.querySelector("[data-filter-open]");
  var initialStatus = statusLine.textContent;
  var listAddress = text("list");
  var state = {};
  var needle = "";

  var groups = all("[data-field]", facets).map(function (box) {
    var field = box.getAttribute("data-field");
    var fixed = box.querySelector("[aria-current]");
    var values = all("li[data-term]", box).map(function (item) {
      var link = item.querySelector("a");
      var value = { term: item.getAttribute("data-term"), label: link.firstElementChild.textContent, count: link.querySelector(".count") };
      value.first = value.count.textContent;
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

  /* Entries: {terms: {field: [term]}, name, node or record}. */
  var still = all(".card", cardList);
  var cards = listAddress ? null : still.map(function (node) {
    var terms = {};
    groups.forEach(function (group) {
      var raw = node.getAttribute("data-f-" + group.field);
      terms[group.field] = raw ? raw.split(" ") : [];
    });
    return { node: node, terms: terms, name: null };
  });

  /* The data of a long list arrives as a call of this function. */
  window.salaList = function (data) {
    var within = text("within").split(" ");
    cards = data.entries.map(function (record) {
      var terms = {};
      data.fields.forEach(function (field, at) {
        terms[field[0]] = record[4][at].map(function (n) { return field[1][n]; });
      });
      return { record: record, terms: terms, name: (record[0] + " " + record[2]).toLowerCase() };
    }).filter(function (card) { return within.length < 2 || (card.terms[within[0]] || []).indexOf(within[1]) >= 0; });
  };
  var loading = false;
  function load() {
    if (loading) return;
    loading = true;
    var script = document.createElement("script");
    script.src = listAddress;
    script.onload = show;
    script.onerror = function () { loading = false; statusLine.textContent = text("failed"); };
    document.head.appendChild(script);
  }
  /* A row like those of the page. */
  function row(card) {
    if (card.node) return card.node;
    var node = still[0].cloneNode(true);
    var link = node.querySelector("h2 a, h3 a");
    var id = card.record[1].replace(/^.*\//, "").replace(/\.html$/, "");
    link.textContent = card.record[0];
    link.href = listAddress.replace(/[^\/]*$/, "") + card.record[1];
    node.removeAttribute("id");
    node.setAttribute("data-id", id);
    all(".kicker, .summary, .facts-small", node).forEach(function (part) { part.remove(); });
    if (card.record[3].length) {
      var kicker = make("p", "kicker");
      card.record[3].forEach(function (badge) { kicker.appendChild(make("span", "badge", badge)); });
      node.insertBefore(kicker, node.firstChild);
    }
    link.parentNode.insertAdjacentElement("afterend", make("p", "facts-line", card.record[2]));
    var box = node.querySelector("[data-pick]");
    if (box) { box.setAttribute("data-pick", id); box.setAttribute("data-title", card.record[0]); }
    card.node = node;
    return node;
  }

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

  /* Rows of a long list, a hundred at a time. */
  var more = make("button", "button", text("more"));
  more.type = "button";
  var moreRow = make("p", "more-row");
  moreRow.hidden = true;
  moreRow.appendChild(more);
  cardList.insertAdjacentElement("afterend", moreRow);
  var left = [];
  function next(focus) {
    var part = left.splice(0, STEP).map(row);
    part.forEach(function (node) { node.hidden = false; cardList.appendChild(node); });
    moreRow.hidden = left.length === 0;
    document.dispatchEvent(new Event("sala-rows"));
    if (focus && part[0]) part[0].querySelector("a").focus();
  }
  more.addEventListener("click", function () { next(true); });

  function show() {
    var active = needle || Object.keys(state).some(function (field) { return state[field].length; });
    chips(active);
    if (!cards && active) { load(); return; }
    var fit = active ? cards.filter(function (card) { return passes(card); }) : cards;
    var shown = active ? fit.length : Number(text("total"));
    if (listAddress) {
      cardList.textContent = "";
      left = active ? fit.slice() : still.map(function (node) { return { node: node }; });
      next(false);
      all("[data-paging]").forEach(function (nav) { nav.hidden = !!active; });
    } else {
      cards.forEach(function (card) { card.node.hidden = fit.indexOf(card) < 0; });
    }
    groups.forEach(function (group) {
      if (group.fixed) return;
      var pool = active ? cards.filter(function (card) { return passes(card, group.field); }) : null;
      group.values.forEach(function (value) {
        var n = pool ? pool.filter(function (card) { return (card.terms[group.field] || []).indexOf(value.term) >= 0; }).length : value.first;
        value.count.textContent = n;
        value.input.checked = (state[group.field] || []).indexOf(value.term) >= 0;
        value.row.parentNode.hidden = n === 0 && !value.input.checked;
      });
    });
    if (active) statusLine.textContent = text("status").replace("{n}", shown).replace("{total}", cards.length);
    else statusLine.textContent = initialStatus;
    if (empty) empty.hidden = shown > 0;
    if (closeButton) closeButton.textContent = closeButton.getAttribute("data-text").replace("{n}", shown);
  }

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
    var button = make("button", plain ? "chip" : "chip on", plain ? label : label + " ×");
    button.type = "button";
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
  window.addEventListener("popstate", function () { if (!location.hash || location.hash.indexOf("#?") === 0) read(); });
  window.addEventListener("hashchange", function () {
    if (quiet) { quiet = false; return; }
    // A way to a letter or a heading is no state of the filter.
    if (!location.hash || location.hash.indexOf("#?") === 0) read();
  });
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
