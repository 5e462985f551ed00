/* Every page: theme button, menu on phones, print button, and the search form's way to the search page. */
(function () {
  "use strict";
  const root = document.documentElement;
  function all(selector, scope) { return Array.from((scope || document).querySelectorAll(selector)); }

  function isDark() {
    const set = root.getAttribute("data-theme");
    return set ? set === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  }
  all("[data-theme-toggle]").forEach((button) => {
    button.addEventListener("click", () => {
      const next = isDark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      try { localStorage.setItem("sala-theme", next); } catch (e) { /* the choice lasts for this page only */ }
    });
  });

  const nav = document.getElementById("site-nav");
  /** @type {HTMLElement} */
  const menu = document.querySelector("[data-menu]");
  function setMenu(open) {
    if (open) nav.setAttribute("data-open", ""); else nav.removeAttribute("data-open");
    menu.setAttribute("aria-expanded", String(open));
  }
  if (nav && menu) {
    menu.setAttribute("role", "button");
    menu.setAttribute("aria-controls", "site-nav");
    menu.setAttribute("aria-expanded", "false");
    menu.addEventListener("click", (event) => {
      event.preventDefault();
      setMenu(!nav.hasAttribute("data-open"));
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); menu.click(); }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && nav.hasAttribute("data-open")) { setMenu(false); menu.focus(); }
    });
  }

  all("[data-print]").forEach((button) => {
    button.addEventListener("click", () => { window.print(); });
  });

  /* The policy of the page forbids sending forms, so the query travels in the address. */
  all("[data-search-form]").forEach((form) => {
    const page = form.getAttribute("data-search-page");
    if (!page) return;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const query = form.querySelector("input").value.trim();
      location.href = page + (query ? "?q=" + encodeURIComponent(query) : "");
    });
  });

  /* Suggestions are loaded when a reader goes to a search field: by touch, by Tab, by "/" or Ctrl-K. */
  const suggest = (document.body.getAttribute("data-suggest") || "").split(" ").filter(Boolean);
  function loadSuggestions(then) {
    suggest.splice(0).forEach((file) => {
      if (/\.css$/.test(file)) {
        const style = document.createElement("link");
        style.rel = "stylesheet";
        style.href = file;
        document.head.appendChild(style);
      } else {
        const script = document.createElement("script");
        script.src = file;
        if (then) script.onload = then;
        document.head.appendChild(script);
      }
    });
  }
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-search-form]")) loadSuggestions();
  });
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (!suggest.length || at instanceof Element && at.closest("input, textarea, select, [contenteditable]")) return;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (altKey || (ctrlKey || metaKey ? shiftKey || key.toLowerCase() !== "k" : key !== "/")) return;
    event.preventDefault();
    /* The script that comes knows these keys; it is told once more. */
    loadSuggestions(() => { document.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, metaKey })); });
  });

  /* On wide screens contents and choices are shown by the style sheet; the state then says so too. */
  if (window.matchMedia("(min-width: 60em)").matches) {
    all("[data-toc], [data-wide-open]").forEach((box) => { box.open = true; });
  }

  /* Closed details are opened for paper and closed again afterwards. */
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("main details:not([open])");
    opened.forEach((d) => { d.open = true; });
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((d) => { d.open = false; });
  });

  /* Details that hold the place an address leads to are opened. */
  function reveal() {
    const at = location.hash.length > 1 && document.getElementById(decode(location.hash.slice(1)));
    for (let box = at; box; box = box.parentElement) if (box instanceof HTMLDetailsElement) box.open = true;
  }
  function decode(part) { try { return decodeURIComponent(part); } catch (e) { return ""; } }
  window.addEventListener("hashchange", reveal);
  reveal();

  /* "More": the index of the footer as a menu under the tabs. */
  const more = document.querySelector("[data-more]");
  const index = document.querySelector("[data-index]");
  if (nav && more && index) {
    const panel = document.createElement("div");
    panel.className = "more-panel";
    panel.id = "more-panel";
    panel.hidden = true;
    nav.appendChild(panel);
    more.setAttribute("role", "button");
    more.setAttribute("aria-expanded", "false");
    more.setAttribute("aria-controls", panel.id);
    const show = (open) => {
      const parts = open && !panel.firstChild ? all("ul, .elsewhere", index) : [];
      parts.forEach((part) => { panel.appendChild(part.cloneNode(true)); });
      panel.hidden = !open;
      more.setAttribute("aria-expanded", String(open));
    };
    more.addEventListener("click", (event) => { event.preventDefault(); show(panel.hidden); });
    more.addEventListener("keydown", (/** @type {any} */ event) => {
      if (event.key === " ") { event.preventDefault(); show(panel.hidden); }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !panel.hidden) { show(false); /** @type {any} */ (more).focus(); }
    });
  }

  /* Copies the address of the page; without the right to the clipboard, by a field that holds it. */
  all("[data-copy]").forEach((button) => {
    const label = button.querySelector("span");
    const text = button.getAttribute("data-copy") || location.href;
    const done = () => { label.textContent = button.getAttribute("data-done"); };
    const byHand = () => {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.appendChild(field);
      field.select();
      if (document.execCommand("copy")) done();
      field.remove();
    };
    label.setAttribute("role", "status");
    button.addEventListener("click", () => {
      if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand); else byHand();
    });
  });

  /* The picture of a chart for programs that take no SVG: drawn on this machine, sent nowhere. */
  all("a[data-png]").forEach((link) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "as-link";
    button.textContent = link.getAttribute("data-png");
    link.after("\u00a0· ", button);
    button.addEventListener("click", () => {
      const picture = new Image();
      picture.onload = () => {
        const sheet = document.createElement("canvas");
        const width = sheet.width = picture.width * 2;
        const height = sheet.height = picture.height * 2;
        sheet.getContext("2d").drawImage(picture, 0, 0, width, height);
        sheet.toBlob((file) => {
          const way = document.createElement("a");
          way.href = URL.createObjectURL(file);
          way.download = link.download.replace(/svg$/, "png");
          way.click();
        });
      };
      picture.src = link.href;
    });
  });

  /* The contents show the section that is read. */
  const ways = all("[data-toc] a[href^='#']");
  const places = ways.map((way) => document.getElementById(decode(way.getAttribute("href").slice(1))));
  if (ways.length && window.IntersectionObserver) {
    const mark = () => {
      let at = 0;
      places.forEach((place, n) => { if (place && place.getBoundingClientRect().top < 120) at = n; });
      ways.forEach((way, n) => {
        if (n === at) way.setAttribute("aria-current", "true"); else way.removeAttribute("aria-current");
      });
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "-110px 0px -55% 0px" });
    places.forEach((place) => { if (place) watch.observe(place); });
  }
})();
