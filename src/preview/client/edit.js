/* The forms of the preview: what is wrong is said while it is typed; rows, names and pictures are added without leaving
   the form. Without this script the form works all the same. */
(function () {
  "use strict";
  /** @returns {any} */
  function byId(id) { return document.getElementById(id); }
  const form = byId("form");
  const summary = byId("summary");
  if (summary) summary.focus();
  if (!form) return;
  const words = byId("words").dataset;
  const token = form.elements[":token"].value;
  const touched = new Set();
  let dirty = false;
  let timer = 0;
  let asked = null;

  function line(found) {
    const item = document.createElement("li");
    if (found.error) item.className = "bad";
    item.textContent = found.text;
    if (found.hint) {
      const hint = document.createElement("span");
      hint.textContent = " " + found.hint;
      item.appendChild(hint);
    }
    return item;
  }

  /* Says at an input what is wrong with it. Before it was typed into, only what was said before is taken back. */
  function tell(found) {
    const by = new Map();
    found.forEach((one) => by.set(one.name, (by.get(one.name) || []).concat(one)));
    form.querySelectorAll("[data-told]").forEach((list) => {
      const name = list.getAttribute("data-told");
      if (list.tagName !== "UL") return;
      const own = by.get(name) || [];
      const seen = touched.has(name) || list.children.length > 0;
      list.replaceChildren(...(seen ? own.map(line) : []));
      const input = form.querySelector("[name='" + CSS.escape(name) + "']:not([type=hidden]):not([type=checkbox])");
      if (!input) return;
      if (seen && own.some((one) => one.error)) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    });
    const box = form.querySelector("[data-summary]");
    if (box.hidden) return;
    const errors = found.filter((one) => one.error);
    box.querySelector("h2").textContent =
      errors.length ? box.dataset.errors : found.length ? box.dataset.told : box.dataset.clean;
    box.classList.toggle("wrong", errors.length > 0);
    box.querySelector("ul").replaceChildren(...found.map((one) => {
      const item = line(one);
      item.dataset.for = one.name;
      return item;
    }));
    link(box);
  }

  /* Each line of the summary leads to its input. */
  function link(box) {
    box.querySelectorAll("[data-for]").forEach((item) => {
      const name = item.dataset.for;
      const list = name && form.querySelector("ul[data-told='" + CSS.escape(name) + "']");
      const id = list && list.id.replace(/-told$/, "");
      const place = id && byId(id);
      if (!place) return;
      const label = form.querySelector("label[for='" + id + "'], #" + id + " > legend");
      const go = document.createElement("a");
      go.href = "#" + id;
      go.textContent = (label ? label.firstChild.textContent.trim() : name) + ": ";
      go.addEventListener("click", (event) => {
        event.preventDefault();
        const fold = place.closest("details");
        if (fold) fold.open = true;
        place.scrollIntoView({ block: "center" });
        (place.matches("fieldset") ? place.querySelector("input:not([type=hidden]), select, textarea") : place).focus();
      });
      item.prepend(go);
    });
  }

  function check() {
    if (asked) asked.abort();
    asked = new AbortController();
    fetch("/.sala/edit/check" + form.dataset.action, {
      method: "POST",
      body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
      signal: asked.signal,
    }).then((response) => response.ok ? response.json() : Promise.reject(new Error("refused"))).then(tell)
      .catch(() => { /* the next change asks again, and saving checks everything */ });
  }

  function changed(event) {
    if (!event.target.name) return;
    touched.add(event.target.name);
    if (!dirty) {
      dirty = true;
      form.querySelectorAll("[data-unsaved]").forEach((note) => { note.hidden = false; });
    }
    clearTimeout(timer);
    timer = setTimeout(check, 400);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  /* One more row: the last one again, empty, with the next number. */
  form.querySelectorAll("[data-more]").forEach((button) => {
    button.type = "button";
    button.addEventListener("click", () => {
      const rows = button.closest("[data-rows]");
      const all = rows.querySelectorAll(":scope > .row");
      const last = all[all.length - 1];
      if (all.length >= Number(rows.dataset.rows)) return;
      const copy = last.cloneNode(true);
      const before = Number(last.dataset.n);
      const next = before + 1;
      const from = last.dataset.name + "." + before + ".";
      const to = last.dataset.name + "." + next + ".";
      copy.dataset.n = String(next);
      const legend = copy.querySelector("legend");
      legend.textContent = legend.textContent.replace(String(before), String(next));
      copy.querySelectorAll("*").forEach((node) => {
        ["name", "data-told"].forEach((key) => {
          const value = node.getAttribute(key);
          if (value && value.startsWith(from)) node.setAttribute(key, to + value.slice(from.length));
        });
        ["id", "for", "aria-describedby", "data-pick"].forEach((key) => {
          const value = node.getAttribute(key);
          const renamed = (id) => id.replace(/^(f\d+(?:r\d+)*)/, "$1r" + next);
          if (value) node.setAttribute(key, value.split(" ").map(renamed).join(" "));
        });
        if (node.matches("ul")) node.replaceChildren();
        if (node.matches("input[type=checkbox]")) node.checked = false;
        else if (node.matches("input:not([type=hidden]), textarea")) node.value = "";
        if (node.matches("textarea")) node.textContent = "";
        if (node.matches("select")) node.selectedIndex = 0;
        if (node.matches("input, textarea, select")) node.removeAttribute("aria-invalid");
      });
      last.after(copy);
      picks(copy);
      copy.querySelector("input:not([type=hidden]), select, textarea").focus();
    });
  });

  /* A name that was chosen goes to the list's next line. */
  function picks(place) {
    place.querySelectorAll("[data-pick]").forEach((box) => {
      const area = byId(box.dataset.pick);
      const input = box.querySelector("input");
      box.hidden = false;
      function add() {
        const name = input.value.trim();
        if (!name) return;
        area.value = area.value.trim() ? area.value.trim() + "\n" + name : name;
        input.value = "";
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
      box.querySelector("button").addEventListener("click", add);
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        add();
      });
    });
  }
  picks(form);

  /* A picture of a phone is made smaller before it is sent; the web needs no more. */
  const WIDEST = 1600;
  const LARGEST = 1000000;
  function smaller(file) {
    const own = { file, name: file.name };
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= LARGEST) return Promise.resolve(own);
    return createImageBitmap(file, { imageOrientation: "from-image" }).then((picture) => {
      const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
    }).then((made) => made && made.size < file.size
      ? { file: made, name: file.name.replace(/\.[^.]+$/, "") + ".jpg" }
      : own);
  }
  form.querySelectorAll("[data-file]").forEach((box) => {
    const area = byId(box.dataset.file);
    const input = box.querySelector("input");
    const status = box.querySelector("[role=status]");
    box.hidden = false;
    input.addEventListener("change", () => {
      const chosen = input.files[0];
      if (!chosen) return;
      status.textContent = words.wait;
      smaller(chosen).then((one) => {
        const mark = form.dataset.action + "&name=" + encodeURIComponent(one.name);
        return fetch("/.sala/edit/picture" + mark, {
          method: "POST",
          headers: { "content-type": "application/octet-stream", "x-sala-token": token },
          body: one.file,
        });
      }).then((response) => response.ok ? response.json() : { refused: words.refused }).then((told) => {
        status.textContent = told.refused || words.done + told.name;
        input.value = "";
        if (!told.name) return;
        const line = told.name + " | ";
        area.value = area.value.trim() ? area.value.trim() + "\n" + line : line;
        area.dispatchEvent(new Event("input", { bubbles: true }));
        area.focus();
        area.setSelectionRange(area.value.length, area.value.length);
      }).catch(() => { status.textContent = words.refused; });
    });
  });

  const box = form.querySelector("[data-summary]");
  if (!box.hidden) link(box);
})();
