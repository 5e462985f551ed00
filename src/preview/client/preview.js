/* Preview only: reloads the page when it changed, keeps the place, shows what is wrong. Everything is shown as text. */
(function () {
  "use strict";
  const own = document.currentScript;
  const page = own.getAttribute("data-page");
  const version = own.getAttribute("data-version");
  let state = own.getAttribute("data-state");
  const thai = (document.documentElement.lang || "th").indexOf("en") !== 0;
  const key = "sala-preview:" + location.pathname;
  let asked = null;
  let closed = "";
  let box = null;

  function say(th, en) { return thai ? th : en; }
  function node(name, kind, text) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  /* The place on the page: how far down, and what was opened. */
  function opened() { return Array.from(document.querySelectorAll("details")); }
  function keep() {
    try {
      sessionStorage.setItem(key, JSON.stringify({ x: scrollX, y: scrollY, open: opened().map((d) => d.open) }));
    } catch (e) { /* without storage the page starts at its top */ }
  }
  function restore() {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
    } catch (e) { return; }
    if (!kept) return;
    const all = opened();
    if (all.length === kept.open.length) all.forEach((d, i) => { d.open = kept.open[i]; });
    function go() { window.scrollTo({ left: kept.x, top: kept.y, behavior: "instant" }); }
    go();
    /* Faces and images may still move the text. */
    window.addEventListener("load", go, { once: true });
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(go);
  }

  function place(found) {
    return found.file ? [found.file, found.line, found.column].filter(Boolean).join(":") : "";
  }
  function entry(found) {
    const item = node("li", "sala-preview-" + found.severity);
    const words = found.message[thai ? "th" : "en"] || found.message.th;
    item.appendChild(node("p", "sala-preview-message", words));
    item.appendChild(node("p", "sala-preview-place", [place(found), found.code].filter(Boolean).join("  ·  ")));
    if (found.hint) item.appendChild(node("p", "sala-preview-hint", found.hint[thai ? "th" : "en"] || found.hint.th));
    return item;
  }
  function remove() { if (box) { box.remove(); box = null; } }
  function show(news) {
    remove();
    if (!news.errors && !news.warnings) return;
    const title = news.errors
      ? say(
        "พบข้อผิดพลาด " + news.errors + " รายการ เว็บยังแสดงสภาพก่อนหน้า",
        news.errors + " error(s); the site shows its last valid state"
      )
      : say("คำเตือน " + news.warnings + " รายการ", news.warnings + " warning(s)");
    box = node("div", news.errors ? "sala-preview sala-preview-open" : "sala-preview");
    box.setAttribute("role", news.errors ? "alertdialog" : "status");
    box.setAttribute("aria-label", title);
    const head = node("div", "sala-preview-head");
    head.appendChild(node("strong", "", title));
    const list = node("ol");
    news.found.forEach((found) => { if (!news.errors || found.severity === "error") list.appendChild(entry(found)); });
    list.hidden = !news.errors;
    if (!news.errors) {
      const more = node("button", "", say("ดู", "Show"));
      more.type = "button";
      more.setAttribute("aria-expanded", "false");
      more.addEventListener("click", () => {
        list.hidden = !list.hidden;
        more.setAttribute("aria-expanded", String(!list.hidden));
        box.classList.toggle("sala-preview-open", !list.hidden);
      });
      head.appendChild(more);
    }
    const close = node("button", "", say("ปิด", "Close"));
    close.type = "button";
    close.addEventListener("click", () => { closed = JSON.stringify(news.found); remove(); });
    head.appendChild(close);
    box.appendChild(head);
    box.appendChild(list);
    if (closed === JSON.stringify(news.found)) { box = null; return; }
    document.body.appendChild(box);
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") remove(); });

  function ask(first) {
    if (document.hidden) return;
    asked = new AbortController();
    const current = asked;
    const query = "?page=" + encodeURIComponent(page) + "&seen=" + encodeURIComponent(first ? "" : state);
    fetch("/.sala/news" + query, { signal: asked.signal, cache: "no-store" }).then((response) => {
      if (!response.ok) throw new Error("no news");
      return response.json();
    }).then((news) => {
      state = news.state;
      if (news.version !== version) {
        keep();
        location.reload();
        return;
      }
      show(news);
      ask(false);
    }).catch(() => {
      if (current === asked && !current.signal.aborted) setTimeout(() => { ask(true); }, 1000);
    });
  }
  /* A hidden page does not hold a connection: browsers allow few of them. */
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { if (asked) asked.abort(); } else ask(true);
  });
  const form = own.getAttribute("data-form");
  if (form && window === window.top) {
    const edit = node("a", "sala-preview-edit", say("แก้หน้านี้", "Edit this page"));
    edit.href = form;
    document.body.appendChild(edit);
  }
  restore();
  ask(true);
})();
