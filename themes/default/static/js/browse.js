/* Lists: several facet values at once, counts, undo chips, the state in the address, the back button.
   A short list is filtered from what the page holds (data-f-<field> of each card). A list in several pages loads the
   data of all its entries (data-list names the script) when the reader filters. Both need no server. */
(function () {
  "use strict";
  const STEP = 100;
  const area = document.querySelector("[data-browse]");
  if (!area) return;
  const cardList = area.querySelector("[data-cards]");
  const facets = area.querySelector("[data-facets]");
  if (!cardList || !facets) return;
  /** @param {string} selector @param {Element} [scope] @returns {HTMLElement[]} */
  function all(selector, scope) {
    return /** @type {any[]} */ (Array.from((scope || area).querySelectorAll(selector)));
  }
  /** @param {string} selector @param {ParentNode} [scope] @returns {HTMLInputElement} Or null. */
  function one(selector, scope) { return /** @type {any} */ ((scope || area).querySelector(selector)); }
  function text(name) { return area.getAttribute("data-" + name) || ""; }
  /** @param {string} tag @param {string} [className] @param {string} [content] @returns {any} */
  function make(tag, className, content) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (content) node.textContent = content;
    return node;
  }

  const statusLine = one("[data-status-line]");
  const chipList = one("[data-chips]");
  const empty = one("[data-empty]");
  const nameInput = one("[data-name-filter]", facets);
  const closeButton = one("[data-filter-close]", facets);
  const openButton = one("[data-filter-open]", document);
  const initialStatus = statusLine.textContent;
  const listAddress = text("list");
  let state = {};
  let needle = "";

  const groups = all("[data-field]", facets).map((box) => {
    const field = box.getAttribute("data-field");
    const fixed = box.querySelector("[aria-current]");
    const values = all("li[data-term]", box).map((item) => {
      const link = item.querySelector("a");
      const value = {
        term: item.getAttribute("data-term"), label: link.firstElementChild.textContent,
        count: link.querySelector(".count")
      };
      value.first = value.count.textContent;
      if (!fixed) {
        const label = document.createElement("label");
        value.input = document.createElement("input");
        value.input.type = "checkbox";
        label.appendChild(value.input);
        while (link.firstChild) label.appendChild(link.firstChild);
        item.replaceChild(label, link);
        value.row = label;
        value.input.addEventListener("change", () => { set(field, value.term, value.input.checked); });
      }
      return value;
    });
    return { field, fixed: !!fixed, values };
  });

  const still = all(".card", cardList);
  /** Entries, with their node in the page or their record in the data; null until the data are there.
   *  @type {{ terms: Record<string, string[]>, name: string, node?: HTMLElement, record?: any[] }[]} */
  let cards = listAddress ? null : still.map((node) => {
    /** @type {Record<string, string[]>} */
    const terms = {};
    groups.forEach((group) => {
      const raw = node.getAttribute("data-f-" + group.field);
      terms[group.field] = raw ? raw.split(" ") : [];
    });
    return { node, terms, name: null };
  });

  /* The data of a long list arrives as a call of this function. */
  window.salaList = function (data) {
    const within = text("within").split(" ");
    cards = data.entries.map((record) => {
      /** @type {Record<string, string[]>} */
      const terms = {};
      data.fields.forEach((field, at) => {
        terms[field[0]] = record[4][at].map((n) => field[1][n]);
      });
      return { record, terms, name: (record[0] + " " + record[2]).toLowerCase() };
    }).filter((card) => within.length < 2 || (card.terms[within[0]] || []).indexOf(within[1]) >= 0);
  };
  let loading = false;
  function load() {
    if (loading) return;
    loading = true;
    const script = document.createElement("script");
    script.src = listAddress;
    script.onload = show;
    script.onerror = function () { loading = false; statusLine.textContent = text("failed"); };
    document.head.appendChild(script);
  }
  /* A row like those of the page. */
  function row(card) {
    if (card.node) return card.node;
    const node = /** @type {HTMLElement} */ (still[0].cloneNode(true));
    /** @type {HTMLAnchorElement} */
    const link = node.querySelector("h2 a, h3 a");
    const id = card.record[1].replace(/^.*\//, "").replace(/\.html$/, "");
    link.textContent = card.record[0];
    link.href = listAddress.replace(/[^/]*$/, "") + card.record[1];
    node.removeAttribute("id");
    node.setAttribute("data-id", id);
    all(".kicker, .summary, .facts-small", node).forEach((part) => { part.remove(); });
    if (card.record[3].length) {
      const kicker = make("p", "kicker");
      card.record[3].forEach((badge) => { kicker.appendChild(make("span", "badge", badge)); });
      node.insertBefore(kicker, node.firstChild);
    }
    link.parentElement.insertAdjacentElement("afterend", make("p", "facts-line", card.record[2]));
    const box = node.querySelector("[data-pick]");
    if (box) { box.setAttribute("data-pick", id); box.setAttribute("data-title", card.record[0]); }
    card.node = node;
    return node;
  }

  /* A name matches as in search: blind to tones, and to a letter or two where nothing else is found; by its letters
     until the script of search is there. */
  let wanted = null;
  function matches(card) {
    if (card.name === null) card.name = card.node.textContent.toLowerCase();
    if (!wanted) return card.name.indexOf(needle) >= 0;
    card.folded = card.folded || wanted.prepare(card.name);
    return wanted.near ? wanted.nearly(card.folded) : wanted.holds(card.folded);
  }
  function named() {
    const typed = needle;
    wanted = null;
    if (!needle || !window.SalaFind) return;
    window.SalaFind.ready((error, S) => {
      if (error || typed !== needle) return;
      wanted = S.names(needle);
      show();
    });
  }
  function passes(card, except) {
    if (needle && !matches(card)) return false;
    return Object.keys(state).every((field) => {
      if (field === except || !state[field].length) return true;
      return state[field].some((term) => (card.terms[field] || []).indexOf(term) >= 0);
    });
  }

  /* Rows of a long list, a hundred at a time. */
  const more = make("button", "button", text("more"));
  more.type = "button";
  const moreRow = make("p", "more-row");
  moreRow.hidden = true;
  moreRow.appendChild(more);
  cardList.insertAdjacentElement("afterend", moreRow);
  let left = [];
  function next(focus) {
    const part = left.splice(0, STEP).map(row);
    part.forEach((node) => { node.hidden = false; cardList.appendChild(node); });
    moreRow.hidden = left.length === 0;
    document.dispatchEvent(new Event("sala-rows"));
    if (focus && part[0]) part[0].querySelector("a").focus();
  }
  more.addEventListener("click", () => { next(true); });

  function show() {
    const active = needle || Object.keys(state).some((field) => state[field].length);
    chips(active);
    if (!cards && active) { load(); return; }
    if (needle && wanted) wanted.near = !cards.some(matches);
    const fit = active ? cards.filter((card) => passes(card)) : cards;
    const shown = active ? fit.length : Number(text("total"));
    if (listAddress) {
      cardList.textContent = "";
      left = active ? fit.slice() : still.map((node) => ({ node }));
      next(false);
      all("[data-paging]").forEach((nav) => { nav.hidden = !!active; });
    } else {
      cards.forEach((card) => { card.node.hidden = fit.indexOf(card) < 0; });
    }
    groups.forEach((group) => {
      if (group.fixed) return;
      const pool = active ? cards.filter((card) => passes(card, group.field)) : null;
      group.values.forEach((value) => {
        const holds = (card) => (card.terms[group.field] || []).indexOf(value.term) >= 0;
        const n = pool ? pool.filter(holds).length : value.first;
        value.count.textContent = n;
        value.input.checked = (state[group.field] || []).indexOf(value.term) >= 0;
        value.row.parentNode.hidden = n === 0 && !value.input.checked;
      });
    });
    statusLine.textContent = active
      ? text("status").replace("{n}", String(shown)).replace("{total}", String(cards.length))
      : initialStatus;
    if (empty) empty.hidden = shown > 0;
    const on = empty && empty.querySelector("a");
    if (on) {
      on.hidden = !needle;
      on.href = on.href.replace(/[?#].*$/, "") + "?q=" + encodeURIComponent(needle);
    }
    if (closeButton) closeButton.textContent = closeButton.getAttribute("data-text").replace("{n}", String(shown));
  }

  function chips(active) {
    chipList.textContent = "";
    groups.forEach((group) => {
      (state[group.field] || []).forEach((term) => {
        const value = group.values.filter((v) => v.term === term)[0];
        chip(value ? value.label : term, () => { set(group.field, term, false); statusLine.focus(); });
      });
    });
    if (needle) chip("“" + needle + "”", () => { needle = ""; if (nameInput) nameInput.value = ""; changed(); });
    if (chipList.children.length > 1) chip(text("clear"), clearAll, true);
    chipList.hidden = !active;
  }
  function chip(label, undo, plain) {
    const item = document.createElement("li");
    const button = make("button", plain ? "chip" : "chip on", plain ? label : label + " ×");
    button.type = "button";
    if (!plain) button.setAttribute("aria-label", text("remove") + " " + label);
    button.addEventListener("click", undo);
    item.appendChild(button);
    chipList.appendChild(item);
  }
  statusLine.tabIndex = -1;

  function set(field, term, on) {
    const list = (state[field] || []).filter((t) => t !== term);
    if (on) list.push(term);
    state[field] = list;
    changed();
  }
  function clearAll() { state = {}; needle = ""; if (nameInput) nameInput.value = ""; changed(); statusLine.focus(); }

  function query() {
    const parts = [];
    Object.keys(state).forEach((field) => {
      if (!state[field].length) return;
      parts.push(encodeURIComponent(field) + "=" + state[field].map(encodeURIComponent).join(","));
    });
    if (needle) parts.push("q=" + encodeURIComponent(needle));
    return parts.join("&");
  }
  function changed() {
    const q = query();
    try { history.pushState(null, "", q ? "?" + q : location.pathname); }
    catch (e) { quiet = true; location.hash = q ? "?" + q : ""; }
    show();
  }
  let quiet = false;
  let drawn = false;
  function read() {
    state = {};
    needle = "";
    const raw = location.search.slice(1) || (location.hash.indexOf("#?") === 0 ? location.hash.slice(2) : "");
    raw.split("&").forEach((pair) => {
      const cut = pair.indexOf("=");
      if (cut < 1) return;
      const key = decode(pair.slice(0, cut));
      if (key === "q") { needle = decode(pair.slice(cut + 1)).toLowerCase(); return; }
      const group = groups.filter((g) => g.field === key && !g.fixed)[0];
      if (!group) return;
      const known = (term) => group.values.some((v) => v.term === term);
      state[key] = pair.slice(cut + 1).split(",").map(decode).filter(known);
    });
    if (nameInput) nameInput.value = needle;
    named();
    // The page arrives with every entry shown and the right counts: without choices there is nothing to do.
    if (drawn || needle || Object.keys(state).length) show();
    drawn = true;
  }
  function decode(part) { try { return decodeURIComponent(part.replace(/\+/g, " ")); } catch (e) { return ""; } }
  window.addEventListener("popstate", () => { if (!location.hash || location.hash.indexOf("#?") === 0) read(); });
  window.addEventListener("hashchange", () => {
    if (quiet) { quiet = false; return; }
    // A way to a letter or a heading is no state of the filter.
    if (!location.hash || location.hash.indexOf("#?") === 0) read();
  });
  if (nameInput) {
    let timer = 0;
    nameInput.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => { needle = nameInput.value.trim().toLowerCase(); named(); changed(); }, 250);
    });
  }

  /* Sorting: by a number or a day of the cards, or by name; cards without one come last. */
  const sorter = one("[data-sort]");
  if (sorter) {
    const places = still.slice();
    sorter.addEventListener("change", () => {
      const down = sorter.value.charAt(0) === "-";
      const key = sorter.value.replace("-", "");
      const name = (node) => node.querySelector("h2, h3").textContent.trim();
      const value = (node) => key === "name" ? name(node) : node.getAttribute("data-" + key);
      const order = places.slice();
      if (key) {
        order.sort((a, b) => {
          const x = value(a); const y = value(b);
          if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0);
          return (down ? -1 : 1) * x.localeCompare(y, document.documentElement.lang, { numeric: true });
        });
      }
      order.forEach((node) => { cardList.appendChild(node); });
    });
  }

  /* The sheet on phones. */
  function sheet(open) {
    if (open) { facets.setAttribute("data-open", ""); one("summary, input", facets).focus(); }
    else { facets.removeAttribute("data-open"); if (openButton) openButton.focus(); }
  }
  if (openButton) openButton.addEventListener("click", (event) => { event.preventDefault(); sheet(true); });
  if (closeButton) closeButton.addEventListener("click", () => { sheet(false); });
  const clearButton = facets.querySelector("[data-filter-clear]");
  if (clearButton) clearButton.addEventListener("click", clearAll);
  facets.addEventListener("keydown", (/** @type {any} */ event) => {
    if (event.key === "Escape" && facets.hasAttribute("data-open")) sheet(false);
  });

  read();
})();
