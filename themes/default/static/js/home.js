/* Home page: "what suits my school". */
(function () {
  "use strict";
  /** @param {string} selector @param {ParentNode} [scope] @returns {any[]} */
  function all(selector, scope) { return Array.from((scope || document).querySelectorAll(selector)); }

  /* "What suits my school" on the home page: choices become toggles, every kind tells how many fit. A kind that knows
     nothing of a choice (it lacks the facet) is not offered with it. */
  const chooser = document.querySelector("[data-chooser]");
  if (!chooser) return;
  const kinds = JSON.parse(chooser.querySelector("[data-chooser-data]").textContent || "[]");
  const ways = all("[data-chooser-go]", chooser);
  const status = chooser.querySelector("[data-chooser-status]");
  /** @type {HTMLElement} */
  const clear = chooser.querySelector("[data-chooser-clear]");
  const chips = all(".chip[data-field]", chooser);
  ways.forEach((way) => { way.setAttribute("data-list", way.getAttribute("href")); });

  function chosen() {
    const out = {};
    chips.forEach((chip) => {
      if (chip.getAttribute("aria-pressed") !== "true") return;
      const field = chip.getAttribute("data-field");
      (out[field] = out[field] || []).push(chip.getAttribute("data-term"));
    });
    return out;
  }
  function matches(entry, choice, except) {
    return Object.keys(choice).every((field) => {
      if (field === except) return true;
      const have = entry[field] || [];
      return choice[field].some((term) => have.indexOf(term) >= 0);
    });
  }
  function refresh() {
    const choice = chosen();
    const fields = Object.keys(choice);
    const part = (field) => encodeURIComponent(field) + "=" + choice[field].map(encodeURIComponent).join(",");
    const query = fields.map(part).join("&");
    let any = false;
    ways.forEach((way, at) => {
      const kind = kinds[at];
      const n = kind.entries.filter((entry) => matches(entry, choice)).length;
      const knows = fields.every((field) => kind.fields.indexOf(field) >= 0);
      way.textContent = way.getAttribute("data-text").replace("{n}", n);
      way.setAttribute("href", way.getAttribute("data-list") + (query ? "?" + query : ""));
      way.hidden = !knows || (n === 0 && at > 0);
      any = any || (knows && n > 0);
    });
    chips.forEach((chip) => {
      const field = chip.getAttribute("data-field");
      const term = chip.getAttribute("data-term");
      const holds = (entry) => matches(entry, choice, field) && (entry[field] || []).indexOf(term) >= 0;
      const fit = kinds[0].entries.filter(holds);
      chip.querySelector(".count").textContent = fit.length;
    });
    // The buttons show the numbers; the status says them to those who do not see them change.
    status.className = any ? "hidden-visually" : "";
    const shown = ways.filter((way) => !way.hidden).map((way) => way.textContent).join(" · ");
    status.textContent = !any ? status.getAttribute("data-none") : fields.length ? shown : "";
    clear.hidden = fields.length === 0;
  }
  chips.forEach((chip) => {
    chip.setAttribute("role", "button");
    chip.setAttribute("aria-pressed", "false");
    function toggle(event) {
      event.preventDefault();
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      refresh();
    }
    chip.addEventListener("click", toggle);
    chip.addEventListener("keydown", (event) => { if (event.key === " ") toggle(event); });
  });
  clear.addEventListener("click", () => {
    chips.forEach((chip) => { chip.setAttribute("aria-pressed", "false"); });
    refresh();
    chips[0].focus();
  });
  refresh();
})();
