/* A page of lists under headings becomes a finder: readers choose headings, and the entries that stand in most of the
   chosen lists come first. Everything is read from the page itself; nothing is sent or stored. */
(function () {
  "use strict";
  /** @type {HTMLElement} */
  const panel = document.querySelector("[data-match]");
  if (!panel) return;
  const choices = panel.querySelector("[data-match-choices]");
  const result = panel.querySelector("[data-match-result]");
  const status = panel.querySelector("[data-match-status]");
  /** @type {Array<{name: string, group: string, links: HTMLAnchorElement[], on: boolean}>} */
  const lists = [];
  let heading = "";
  document.querySelectorAll(".main .prose > h2, .main .prose > .block").forEach((at) => {
    if (at.matches("h2")) { heading = at.textContent.trim(); return; }
    const name = at.querySelector(".label");
    const links = /** @type {HTMLAnchorElement[]} */ (Array.from(at.querySelectorAll("li > a[href]")));
    const made = at.querySelector("p.muted");
    if (made && !panel.querySelector(".made")) {
      const mark = /** @type {HTMLElement} */ (made.cloneNode(true));
      mark.classList.add("made");
      status.after(mark);
    }
    if (name && links.length) lists.push({ name: name.textContent.trim(), group: heading, links, on: false });
  });
  /* The lists themselves wait behind one line. */
  const all = document.createElement("details");
  all.className = "more";
  all.append(document.createElement("summary"));
  all.firstElementChild.textContent = panel.dataset.all;
  const first = document.querySelector(".main .prose > h2");
  if (!first) { panel.hidden = true; return; }
  first.before(all);
  while (all.nextSibling) all.append(all.nextSibling);

  function show() {
    const chosen = lists.filter((list) => list.on);
    /** @type {Map<string, {link: HTMLAnchorElement, in: string[]}>} */
    const found = new Map();
    chosen.forEach((list) => list.links.forEach((link) => {
      const of = found.get(link.href) || { link, in: [] };
      of.in.push(list.name);
      found.set(link.href, of);
    }));
    const ranked = Array.from(found.values()).sort((a, b) => b.in.length - a.in.length);
    const told = chosen.length && !ranked.length ? panel.dataset.none : chosen.length ? panel.dataset.best : "";
    status.textContent = told.replace("{n}", String(ranked.length)).replace("{all}", String(chosen.length));
    result.textContent = "";
    ranked.forEach((of) => {
      const item = /** @type {HTMLElement} */ (of.link.closest("li").cloneNode(true));
      const why = document.createElement("small");
      const part = panel.dataset.of.replace("{n}", String(of.in.length)).replace("{all}", String(chosen.length));
      why.className = "muted";
      why.textContent = part + ": " + of.in.join(" · ");
      item.append(why);
      result.append(item);
    });
  }

  if (!lists.length) status.textContent = panel.dataset.none;
  let group = "";
  lists.forEach((list) => {
    if (list.group !== group) {
      group = list.group;
      const head = document.createElement("li");
      head.className = "label";
      head.textContent = group;
      choices.append(head);
    }
    const item = document.createElement("li");
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.setAttribute("aria-pressed", "false");
    chip.textContent = list.name;
    chip.addEventListener("click", () => {
      list.on = !list.on;
      chip.setAttribute("aria-pressed", String(list.on));
      show();
    });
    item.append(chip);
    choices.append(item);
  });
})();
