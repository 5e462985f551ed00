/* Every page: theme button, menu on phones, print button, and the search form's way to the search page. */
(function () {
  "use strict";
  var root = document.documentElement;
  function all(selector, scope) { return Array.prototype.slice.call((scope || document).querySelectorAll(selector)); }

  function isDark() {
    var set = root.getAttribute("data-theme");
    return set ? set === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  }
  all("[data-theme-toggle]").forEach(function (button) {
    button.addEventListener("click", function () {
      var next = isDark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      try { localStorage.setItem("sala-theme", next); } catch (e) { /* the choice lasts for this page only */ }
    });
  });

  var nav = document.getElementById("site-nav");
  var menu = document.querySelector("[data-menu]");
  function setMenu(open) {
    if (open) nav.setAttribute("data-open", ""); else nav.removeAttribute("data-open");
    menu.setAttribute("aria-expanded", String(open));
  }
  if (nav && menu) {
    menu.setAttribute("role", "button");
    menu.setAttribute("aria-controls", "site-nav");
    menu.setAttribute("aria-expanded", "false");
    menu.addEventListener("click", function (event) {
      event.preventDefault();
      setMenu(!nav.hasAttribute("data-open"));
    });
    menu.addEventListener("keydown", function (event) {
      if (event.key === " ") { event.preventDefault(); menu.click(); }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && nav.hasAttribute("data-open")) { setMenu(false); menu.focus(); }
    });
  }

  all("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () { window.print(); });
  });

  /* The policy of the page forbids sending forms, so the query travels in the address. */
  all("[data-search-form]").forEach(function (form) {
    var page = form.getAttribute("data-search-page");
    if (!page) return;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var query = form.querySelector("input").value.trim();
      location.href = page + (query ? "?q=" + encodeURIComponent(query) : "");
    });
  });

  /* On wide screens contents and choices are shown by the style sheet; the state then says so too. */
  if (window.matchMedia("(min-width: 60em)").matches) {
    all("[data-toc], [data-wide-open]").forEach(function (box) { box.open = true; });
  }

  /* Closed details are opened for paper and closed again afterwards. */
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = all("main details:not([open])");
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (d) { d.open = false; });
  });

  /* "What suits my school" on the home page: choices become toggles, every kind tells how many fit. A kind that knows
     nothing of a choice (it lacks the facet) is not offered with it. */
  var chooser = document.querySelector("[data-chooser]");
  if (!chooser) return;
  var kinds = JSON.parse(chooser.querySelector("[data-chooser-data]").textContent || "[]");
  var ways = all("[data-chooser-go]", chooser);
  var status = chooser.querySelector("[data-chooser-status]");
  var clear = chooser.querySelector("[data-chooser-clear]");
  var chips = all(".chip[data-field]", chooser);
  ways.forEach(function (way) { way.setAttribute("data-list", way.getAttribute("href")); });

  function chosen() {
    var out = {};
    chips.forEach(function (chip) {
      if (chip.getAttribute("aria-pressed") !== "true") return;
      var field = chip.getAttribute("data-field");
      (out[field] = out[field] || []).push(chip.getAttribute("data-term"));
    });
    return out;
  }
  function matches(entry, choice, except) {
    return Object.keys(choice).every(function (field) {
      if (field === except) return true;
      var have = entry[field] || [];
      return choice[field].some(function (term) { return have.indexOf(term) >= 0; });
    });
  }
  function refresh() {
    var choice = chosen();
    var fields = Object.keys(choice);
    var query = fields.map(function (field) { return encodeURIComponent(field) + "=" + choice[field].map(encodeURIComponent).join(","); }).join("&");
    var any = false;
    ways.forEach(function (way, at) {
      var kind = kinds[at];
      var n = kind.entries.filter(function (entry) { return matches(entry, choice); }).length;
      var knows = fields.every(function (field) { return kind.fields.indexOf(field) >= 0; });
      way.textContent = way.getAttribute("data-text").replace("{n}", n);
      way.setAttribute("href", way.getAttribute("data-list") + (query ? "?" + query : ""));
      way.hidden = !knows || (n === 0 && at > 0);
      any = any || (knows && n > 0);
    });
    chips.forEach(function (chip) {
      var field = chip.getAttribute("data-field");
      var term = chip.getAttribute("data-term");
      var fit = kinds[0].entries.filter(function (entry) { return matches(entry, choice, field) && (entry[field] || []).indexOf(term) >= 0; });
      chip.querySelector(".count").textContent = fit.length;
    });
    // The buttons show the numbers; the status says them to those who do not see them change.
    status.className = any ? "hidden-visually" : "";
    status.textContent = !any ? status.getAttribute("data-none") : fields.length ? ways.filter(function (way) { return !way.hidden; }).map(function (way) { return way.textContent; }).join(" · ") : "";
    clear.hidden = fields.length === 0;
  }
  chips.forEach(function (chip) {
    chip.setAttribute("role", "button");
    chip.setAttribute("aria-pressed", "false");
    function toggle(event) {
      event.preventDefault();
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      refresh();
    }
    chip.addEventListener("click", toggle);
    chip.addEventListener("keydown", function (event) { if (event.key === " ") toggle(event); });
  });
  clear.addEventListener("click", function () {
    chips.forEach(function (chip) { chip.setAttribute("aria-pressed", "false"); });
    refresh();
    chips[0].focus();
  });
  refresh();
})();
