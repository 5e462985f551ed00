/* Preview only: reloads the page when it changed, keeps the place, shows what is wrong. Everything is shown as text. */
(function () {
  "use strict";
  var own = document.currentScript;
  var page = own.getAttribute("data-page");
  var version = own.getAttribute("data-version");
  var state = own.getAttribute("data-state");
  var thai = (document.documentElement.lang || "th").indexOf("en") !== 0;
  var key = "sala-preview:" + location.pathname;
  var asked = null;
  var closed = "";
  var box = null;

  function say(th, en) { return thai ? th : en; }
  function node(name, kind, text) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  }

  /* The place on the page: how far down, and what was opened. */
  function opened() { return Array.prototype.slice.call(document.querySelectorAll("details")); }
  function keep() {
    try {
      sessionStorage.setItem(key, JSON.stringify({ x: scrollX, y: scrollY, open: opened().map(function (d) { return d.open; }) }));
    } catch (e) { /* without storage the page starts at its top */ }
  }
  function restore() {
    var kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(key));
      sessionStorage.removeItem(key);
    } catch (e) { return; }
    if (!kept) return;
    var all = opened();
    if (all.length === kept.open.length) all.forEach(function (d, i) { d.open = kept.open[i]; });
    function go() { window.scrollTo({ left: kept.x, top: kept.y, behavior: "instant" }); }
    go();
    /* Faces and images may still move the text. */
    window.addEventListener("load", go, { once: true });
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(go);
  }

  function place(found) {
    return found.file ? found.file + (found.line ? ":" + found.line + (found.column ? ":" + found.column : "") : "") : "";
  }
  function entry(found) {
    var item = node("li", "sala-preview-" + found.severity);
    var words = found.message[thai ? "th" : "en"] || found.message.th;
    item.appendChild(node("p", "sala-preview-message", words));
    item.appendChild(node("p", "sala-preview-place", [place(found), found.code].filter(Boolean).join("  ·  ")));
    if (found.excerpt) {
      var line = node("pre");
      line.appendChild(document.createTextNode(found.excerpt[0]));
      line.appendChild(node("mark", "", found.excerpt[1]));
      line.appendChild(document.createTextNode(found.excerpt[2]));
      item.appendChild(line);
    }
    if (found.hint) item.appendChild(node("p", "sala-preview-hint", found.hint[thai ? "th" : "en"] || found.hint.th));
    return item;
  }
  function remove() { if (box) { box.remove(); box = null; } }
  function show(news) {
    remove();
    if (!news.errors && !news.warnings) return;
    var title = news.errors
      ? say("พบข้อผิดพลาด " + news.errors + " รายการ เว็บยังแสดงสภาพก่อนหน้า", news.errors + " error(s); the site shows its last sound state")
      : say("คำเตือน " + news.warnings + " รายการ", news.warnings + " warning(s)");
    box = node("div", news.errors ? "sala-preview sala-preview-open" : "sala-preview");
    box.setAttribute("role", news.errors ? "alertdialog" : "status");
    box.setAttribute("aria-label", title);
    var head = node("div", "sala-preview-head");
    head.appendChild(node("strong", "", title));
    var list = node("ol");
    news.found.forEach(function (found) { if (!news.errors || found.severity === "error") list.appendChild(entry(found)); });
    list.hidden = !news.errors;
    if (!news.errors) {
      var more = node("button", "", say("ดู", "Show"));
      more.type = "button";
      more.setAttribute("aria-expanded", "false");
      more.addEventListener("click", function () {
        list.hidden = !list.hidden;
        more.setAttribute("aria-expanded", String(!list.hidden));
        box.classList.toggle("sala-preview-open", !list.hidden);
      });
      head.appendChild(more);
    }
    var close = node("button", "", say("ปิด", "Close"));
    close.type = "button";
    close.addEventListener("click", function () { closed = JSON.stringify(news.found); remove(); });
    head.appendChild(close);
    box.appendChild(head);
    box.appendChild(list);
    if (closed === JSON.stringify(news.found)) { box = null; return; }
    document.body.appendChild(box);
  }
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") remove(); });

  function ask(first) {
    if (document.hidden) return;
    asked = new AbortController();
    var current = asked;
    var query = "?page=" + encodeURIComponent(page) + "&seen=" + encodeURIComponent(first ? "" : state);
    fetch("/.sala/news" + query, { signal: asked.signal, cache: "no-store" }).then(function (response) {
      if (!response.ok) throw new Error("no news");
      return response.json();
    }).then(function (news) {
      state = news.state;
      if (news.version !== version) {
        keep();
        location.reload();
        return;
      }
      show(news);
      ask(false);
    }).catch(function () {
      if (current === asked && !current.signal.aborted) setTimeout(function () { ask(true); }, 1000);
    });
  }
  /* A hidden page does not hold a connection: browsers allow few of them. */
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) { if (asked) asked.abort(); } else ask(true);
  });
  restore();
  ask(true);
})();
