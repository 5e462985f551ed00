/* Search in the page. It enhances
     <body data-root="../" data-search-router="../search/router-….js">
     <form data-search-form data-search-page="../search.html"><input type="search" name="q"></form>
       with suggestions (a combobox), and
     <form data-search-form data-search-main> and <div data-search-results></div>
       as the search page.
   Classes for styling: search-popup, search-option, search-active, search-status, search-note, search-layout,
   search-facets, search-facet, search-chips, search-tools, search-hits, search-hit, search-title, search-meta,
   search-excerpt, search-sections, search-error.
   This file has what both need, and the suggestions; page.js is the search page. Everything shown is set as text, never
   as HTML. Index files are loaded as scripts, which works from file:// and every host. */
(function () {
  'use strict';
  const doc = document;
  const body = doc.body;
  const routerHref = body.getAttribute('data-search-router');
  const root = body.getAttribute('data-root') || '';
  const english = !/^th\b/.test(doc.documentElement.lang);
  if (!routerHref) return;
  const ERROR = english
    ? 'Search could not load its files. The site may just have been updated, or the connection was interrupted.'
    : 'โหลดไฟล์ค้นหาไม่สำเร็จ เว็บอาจเพิ่งปรับปรุงหรือการเชื่อมต่อขัดข้อง';
  const RETRY = english ? 'Try again' : 'ลองใหม่';
  let tries = 0;
  const waiting = {};

  /* Loads a script once; every caller waits for the same request. `loaded` tells whether it did its work. */
  function load(src, loaded, done) {
    if (loaded()) return done(null);
    if (waiting[src]) return waiting[src].push(done);
    waiting[src] = [done];
    const script = doc.createElement('script');
    const timer = setTimeout(finish, 20000);
    function finish() {
      clearTimeout(timer);
      script.onload = script.onerror = null;
      script.remove();
      const all = waiting[src];
      const error = loaded() ? null : new Error(src);
      delete waiting[src];
      all.forEach((f) => { f(error); });
    }
    script.onload = script.onerror = finish;
    script.src = src + (tries ? '?again=' + tries : '');
    doc.head.appendChild(script);
  }
  function ready(done) {
    load(routerHref, () => window.SalaSearch && window.SalaSearch.site, (error) => {
      done(error, window.SalaSearch, error ? null : window.SalaSearch.site);
    });
  }
  /* Loads files of the index: need(names, done). */
  function need(names, done) {
    const S = window.SalaSearch;
    const site = S.site;
    let left = names.length;
    let failed = null;
    if (!left) return done(null);
    const folder = routerHref.replace(/[^/]*$/, '');
    names.forEach((name) => {
      load(folder + S.path(site, name), () => site.files[name] !== undefined, (error) => {
        failed = failed || error;
        if (!--left) done(failed);
      });
    });
  }
  function el(tag, cls, text) {
    const e = doc.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }
  function fill(text, key, value) { return text.replace('{' + key + '}', value); }
  function number(n) { return String(n).replace(/\B(?=(\d{3})+$)/g, ','); }
  function pieces(parent, list) {
    list.forEach(([text, marked]) => { parent.appendChild(marked ? el('mark', '', text) : doc.createTextNode(text)); });
    return parent;
  }
  function errorBox(again) {
    const box = el('div', 'search-error');
    const button = el('button', 'button', RETRY);
    box.setAttribute('role', 'alert');
    box.appendChild(el('p', '', ERROR));
    button.type = 'button';
    /* The router is loaded anew too: after an update of the site it names other files. */
    button.addEventListener('click', () => { tries++; if (window.SalaSearch) window.SalaSearch.site = null; again(); });
    box.appendChild(button);
    return box;
  }
  function kinds(S, site) {
    /** @type {Record<string, string>} */
    const out = {};
    site.kinds.forEach(([id, label]) => { out[id] = label; });
    return out;
  }

  /* The last five queries: they stay on the device. */
  const RECENT = 'sala.recent';
  function recent() {
    try {
      const list = JSON.parse(localStorage.getItem(RECENT) || '[]');
      return Array.isArray(list) ? list.filter((q) => typeof q === 'string').slice(0, 5) : [];
    } catch (e) { return []; }
  }
  function keep(text) {
    const q = Array.from(text.trim()).slice(0, 100).join('');
    if (q.length < 2) return;
    try {
      localStorage.setItem(RECENT, JSON.stringify([q].concat(recent().filter((old) => old !== q)).slice(0, 5)));
    } catch (e) { /* Without storage nothing is kept. */ }
  }
  function forget() {
    try { localStorage.removeItem(RECENT); } catch (e) { /* As above. */ }
  }

  /* "/" and Ctrl-K go to the search field. */
  doc.addEventListener('keydown', (e) => {
    const at = e.target;
    const typing = at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
    const slash = e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey;
    const k = (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 'k';
    if (!slash && !k) return;
    const found = doc.querySelectorAll('form[data-search-form] input[type=search]');
    const fields = /** @type {HTMLInputElement[]} */ (Array.from(found));
    const field = fields.find((input) => input.closest('[data-search-main]')) || fields.find((input) => input.offsetParent);
    if (!field) return;
    e.preventDefault();
    field.focus();
    field.select();
  });

  /* --- Suggestions under a form --- */
  let boxes = 0;
  function combobox(form) {
    const input = form.querySelector('input[type=search]');
    const id = 'search-list-' + (++boxes);
    const popup = el('div', 'search-popup');
    const list = el('ul', 'search-options');
    const status = el('p', 'hidden-visually');
    let active = -1;
    let turn = 0;
    let timer;
    let options = [];
    popup.hidden = true;
    list.id = id;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', english ? 'Search results' : 'ผลการค้นหา');
    status.setAttribute('role', 'status');
    popup.appendChild(list);
    form.appendChild(popup);
    form.appendChild(status);
    const attrs = {
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id,
      autocomplete: 'off', spellcheck: 'false'
    };
    Object.keys(attrs).forEach((k) => { input.setAttribute(k, attrs[k]); });
    function open(show) {
      popup.hidden = !show;
      input.setAttribute('aria-expanded', String(show));
      if (!show) choose(-1);
    }
    function choose(i) {
      if (options[active]) {
        options[active].classList.remove('search-active');
        options[active].setAttribute('aria-selected', 'false');
      }
      active = i;
      if (!options[i]) return input.removeAttribute('aria-activedescendant');
      options[i].classList.add('search-active');
      options[i].setAttribute('aria-selected', 'true');
      input.setAttribute('aria-activedescendant', options[i].id);
      options[i].scrollIntoView({ block: 'nearest' });
    }
    function option(href, children) {
      const li = el('li', 'search-option');
      li.setAttribute('role', 'option');
      li.setAttribute('aria-selected', 'false');
      li.id = id + '-' + options.length;
      li.setAttribute('data-href', href);
      children.forEach((c) => { li.appendChild(c); });
      li.addEventListener('mousedown', (e) => { e.preventDefault(); });
      li.addEventListener('click', () => { if (href) { keep(input.value); location.href = href; } });
      options.push(li);
      list.appendChild(li);
    }
    /* Before anything is typed: what was asked last. */
    function last() {
      const asked = recent();
      list.textContent = '';
      options = [];
      active = -1;
      const page = form.getAttribute('data-search-page');
      asked.forEach((q) => { option(page + '?q=' + encodeURIComponent(q), [el('span', 'search-title', q)]); });
      if (asked.length) {
        option('', [el('span', 'search-meta', english ? 'Clear recent searches' : 'ล้างคำค้นล่าสุด')]);
        options[options.length - 1].addEventListener('click', (e) => { e.stopImmediatePropagation(); forget(); open(false); }, true);
      }
      open(asked.length > 0);
    }
    function update() {
      const text = input.value.trim();
      const mine = ++turn;
      if (!text) { status.textContent = ''; return last(); }
      function failed() {
        if (mine !== turn) return;
        list.textContent = '';
        options = [];
        const old = popup.querySelector('.search-error');
        if (old) old.remove();
        popup.appendChild(errorBox(update));
        open(true);
      }
      ready((error, S, site) => {
        if (error) return failed();
        S.query(site, { text, facets: {}, sort: '', literal: false, counts: [] }, need, (error, answer) => {
          if (error) return failed();
          if (mine !== turn) return;
          S.fragments(site, answer.order.slice(0, 5), need, (error, fragments) => {
            if (error) return failed();
            if (mine !== turn || doc.activeElement !== input) return;
            const needles = S.needles(answer.words, !answer.exact);
            const old = popup.querySelector('.search-error');
            if (old) old.remove();
            list.textContent = '';
            options = [];
            active = -1;
            fragments.forEach((f) => {
              const hit = S.hit(f, needles);
              option(root + hit.url, [
                pieces(el('span', 'search-title'), hit.title),
                el('span', 'search-meta', hit.heading || hit.crumb),
                pieces(el('span', 'search-excerpt'), hit.excerpt)
              ]);
            });
            const t = site.s;
            const count = answer.total ? fill(answer.exact ? t.found : t.near, 'n', number(answer.total)) : t.none;
            const asked = encodeURIComponent(Array.from(text).slice(0, 400).join(''));
            const all = answer.total ? fill(t.seeall, 'n', number(answer.total)) : t.none;
            option(form.getAttribute('data-search-page') + '?q=' + asked, [el('span', 'search-title', all)]);
            status.textContent = count;
            open(true);
          });
        });
      });
    }
    input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(update, 90); });
    input.addEventListener('focus', () => { ready(() => {}); if (input.value.trim()) update(); else last(); });
    input.addEventListener('blur', () => { turn++; open(false); });
    input.addEventListener('keydown', (e) => {
      if (e.isComposing) return;
      const n = options.length;
      if (e.key === 'Escape' && !popup.hidden) { e.preventDefault(); open(false); }
      else if (popup.hidden) { if (e.key === 'ArrowDown') update(); }
      else if (e.key === 'ArrowDown') { e.preventDefault(); choose(active + 1 >= n ? 0 : active + 1); }
      else if (e.key === 'ArrowUp') { e.preventDefault(); choose(active < 0 ? n - 1 : active - 1); }
      else if (e.key === 'Enter' && options[active]) {
        e.preventDefault();
        options[active].click();
      }
    });
  }

  doc.querySelectorAll('form[data-search-page]').forEach((form) => {
    if (form.hasAttribute('data-search-main')) return;
    combobox(form);
    /* This file may come after the reader: what is being typed is answered. */
    const input = form.querySelector('input[type=search]');
    if (input === doc.activeElement) input.dispatchEvent(new Event('focus'));
  });
  /* For page.js. */
  window.SalaFind = { root, ready, need, el, fill, number, pieces, errorBox, kinds, keep };
}());
