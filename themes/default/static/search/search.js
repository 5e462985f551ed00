/* Search in the page. It enhances
     <body data-root="../" data-search-router="../search/router-….js">
     <form data-search-form data-search-page="../search.html"><input type="search" name="q"></form>   (suggestions: a combobox)
     <form data-search-form data-search-main> and <div data-search-results></div>                      (the search page)
   Classes for styling: search-popup, search-option, search-active, search-status, search-note, search-layout, search-facets,
   search-facet, search-chips, search-tools, search-hits, search-hit, search-title, search-meta, search-excerpt, search-sections, search-error.
   Everything shown is set as text, never as HTML. Index files are loaded as scripts, which works from file:// and every host. */
(function () {
  'use strict';
  var doc = document, body = doc.body, routerHref = body.getAttribute('data-search-router');
  var root = body.getAttribute('data-root') || '', english = doc.documentElement.lang === 'en';
  if (!routerHref) return;
  var ERROR = english ? 'Search could not load its files. The site may just have been updated, or the connection was interrupted.'
    : 'โหลดไฟล์ค้นหาไม่สำเร็จ เว็บอาจเพิ่งปรับปรุงหรือการเชื่อมต่อขัดข้อง';
  var RETRY = english ? 'Try again' : 'ลองใหม่';
  var tries = 0, waiting = {};

  /* Loads a script once; every caller waits for the same request. `loaded` tells whether it did its work. */
  function load(src, loaded, done) {
    if (loaded()) return done(null);
    if (waiting[src]) return waiting[src].push(done);
    waiting[src] = [done];
    var script = doc.createElement('script'), timer;
    function finish() {
      clearTimeout(timer);
      script.onload = script.onerror = null;
      script.remove();
      var all = waiting[src], error = loaded() ? null : new Error(src);
      delete waiting[src];
      all.forEach(function (f) { f(error); });
    }
    script.onload = script.onerror = finish;
    script.src = src + (tries ? '?again=' + tries : '');
    timer = setTimeout(finish, 20000);
    doc.head.appendChild(script);
  }
  function ready(done) {
    load(routerHref, function () { return window.SalaSearch && window.SalaSearch.site; }, function (error) {
      done(error, window.SalaSearch, error ? null : window.SalaSearch.site);
    });
  }
  /* Loads files of the index: need(names, done). */
  function need(names, done) {
    var site = window.SalaSearch.site, left = names.length, failed = null;
    if (!left) return done(null);
    var folder = routerHref.replace(/[^\/]*$/, '') + site.id + '/';
    names.forEach(function (name) {
      load(folder + name + '.js', function () { return site.files[name] !== undefined; }, function (error) {
        failed = failed || error;
        if (!--left) done(failed);
      });
    });
  }
  function el(tag, cls, text) {
    var e = doc.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }
  function fill(text, key, value) { return text.replace('{' + key + '}', value); }
  function number(n) { return String(n).replace(/\B(?=(\d{3})+$)/g, ','); }
  function pieces(parent, list) {
    list.forEach(function (p) { parent.appendChild(p[1] ? el('mark', '', p[0]) : doc.createTextNode(p[0])); });
    return parent;
  }
  function errorBox(again) {
    var box = el('div', 'search-error'), button = el('button', 'button', RETRY);
    box.setAttribute('role', 'alert');
    box.appendChild(el('p', '', ERROR));
    button.type = 'button';
    button.addEventListener('click', function () { tries++; again(); });
    box.appendChild(button);
    return box;
  }
  function kinds(S, site) {
    var out = {};
    site.facets.forEach(function (f) {
      if (f[0] === 'kind' && site.files['x' + f[2]]) S.facetOf(site, f[2]).forEach(function (t) { out[t[0]] = t[1]; });
    });
    return out;
  }

  /* --- Suggestions under a form --- */
  var boxes = 0;
  function combobox(form) {
    var input = form.querySelector('input[type=search]'), id = 'search-list-' + (++boxes);
    var popup = el('div', 'search-popup'), list = el('ul', 'search-options'), status = el('p', 'hidden-visually');
    var active = -1, turn = 0, timer, options = [];
    popup.hidden = true;
    list.id = id;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', english ? 'Search results' : 'ผลการค้นหา');
    status.setAttribute('role', 'status');
    popup.appendChild(list);
    form.appendChild(popup);
    form.appendChild(status);
    var attrs = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id, autocomplete: 'off', spellcheck: 'false' };
    Object.keys(attrs).forEach(function (k) { input.setAttribute(k, attrs[k]); });
    function open(show) {
      popup.hidden = !show;
      input.setAttribute('aria-expanded', String(show));
      if (!show) choose(-1);
    }
    function choose(i) {
      if (options[active]) { options[active].classList.remove('search-active'); options[active].setAttribute('aria-selected', 'false'); }
      active = i;
      if (!options[i]) return input.removeAttribute('aria-activedescendant');
      options[i].classList.add('search-active');
      options[i].setAttribute('aria-selected', 'true');
      input.setAttribute('aria-activedescendant', options[i].id);
      options[i].scrollIntoView({ block: 'nearest' });
    }
    function option(href, children) {
      var li = el('li', 'search-option');
      li.setAttribute('role', 'option');
      li.setAttribute('aria-selected', 'false');
      li.id = id + '-' + options.length;
      li.setAttribute('data-href', href);
      children.forEach(function (c) { li.appendChild(c); });
      li.addEventListener('mousedown', function (e) { e.preventDefault(); });
      li.addEventListener('click', function () { location.href = href; });
      options.push(li);
      list.appendChild(li);
    }
    function update() {
      var text = input.value.trim(), mine = ++turn;
      if (!text) { status.textContent = ''; return open(false); }
      function failed() {
        if (mine !== turn) return;
        list.textContent = '';
        options = [];
        var old = popup.querySelector('.search-error');
        if (old) old.remove();
        popup.appendChild(errorBox(update));
        open(true);
      }
      ready(function (error, S, site) {
        if (error) return failed();
        S.query(site, { text: text, facets: {}, counts: false }, need, function (error, answer) {
          if (error) return failed();
          if (mine !== turn) return;
          S.fragments(site, answer.order.slice(0, 5), need, function (error, fragments) {
            if (error) return failed();
            if (mine !== turn || doc.activeElement !== input) return;
            var needles = S.needles(answer.words), old = popup.querySelector('.search-error');
            if (old) old.remove();
            list.textContent = '';
            options = [];
            active = -1;
            fragments.forEach(function (f) {
              var hit = S.hit(f, needles);
              option(root + hit.url, [pieces(el('span', 'search-title'), hit.title), el('span', 'search-meta', hit.heading || hit.crumb), pieces(el('span', 'search-excerpt'), hit.excerpt)]);
            });
            var t = site.s, count = answer.total ? fill(t.found, 'n', number(answer.total)) : t.none;
            option(form.getAttribute('data-search-page') + '?q=' + encodeURIComponent(Array.from(text).slice(0, 400).join('')), [el('span', 'search-title', answer.total ? fill(t.seeall, 'n', number(answer.total)) : t.none)]);
            status.textContent = count;
            open(true);
          });
        });
      });
    }
    input.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(update, 90); });
    input.addEventListener('focus', function () { ready(function () {}); if (input.value.trim()) update(); });
    input.addEventListener('blur', function () { turn++; open(false); });
    input.addEventListener('keydown', function (e) {
      if (e.isComposing) return;
      var n = options.length;
      if (e.key === 'Escape' && !popup.hidden) { e.preventDefault(); open(false); }
      else if (popup.hidden) { if (e.key === 'ArrowDown') update(); }
      else if (e.key === 'ArrowDown') { e.preventDefault(); choose(active + 1 >= n ? 0 : active + 1); }
      else if (e.key === 'ArrowUp') { e.preventDefault(); choose(active < 0 ? n - 1 : active - 1); }
      else if (e.key === 'Enter' && options[active]) { e.preventDefault(); location.href = options[active].getAttribute('data-href'); }
    });
  }

  /* --- The search page --- */
  function page(form, area) {
    var input = form.querySelector('input[type=search]'), turn = 0, timer, answer, shown = 0, facetsOpen = null, widened = {};
    var state = { q: '', facets: {}, sort: '' };
    var status = el('p', 'search-status'), note = el('div', 'search-note'), chips = el('div', 'search-chips'), tools = el('div', 'search-tools');
    var layout = el('div', 'search-layout'), side = el('details', 'search-facets'), right = el('div', 'search-right'), hits = el('ol', 'search-hits');
    var more = el('button', 'button search-more'), trouble = el('div');
    status.setAttribute('role', 'status');
    more.type = 'button';
    more.hidden = true;
    side.hidden = true;
    side.open = window.matchMedia('(min-width: 60em)').matches;
    [status, note, chips, tools, trouble, hits, more].forEach(function (e) { right.appendChild(e); });
    layout.appendChild(side);
    layout.appendChild(right);
    area.appendChild(layout);
    function read() {
      var raw = location.search.slice(1) || (location.hash.indexOf('#?') === 0 ? location.hash.slice(2) : '');
      state = { q: '', facets: {}, sort: '' };
      raw.split('&').forEach(function (pair) {
        var i = pair.indexOf('='), k, v;
        if (i < 0) return;
        try { k = decodeURIComponent(pair.slice(0, i)); v = decodeURIComponent(pair.slice(i + 1).replace(/\+/g, ' ')); } catch (e) { return; }
        if (k === 'q') state.q = v;
        else if (k === 'sort') state.sort = v === 'year' ? 'year' : '';
        else if (k === 'kind') pick('kind', v, true);
        else if (k.indexOf('facet.') === 0) pick(k.slice(6), v, true);
      });
      input.value = state.q;
    }
    function pick(field, term, on) {
      var list = (state.facets[field] || []).filter(function (t) { return t !== term; });
      if (on) list.push(term);
      state.facets[field] = list;
    }
    function write(push) {
      var parts = [];
      if (state.q) parts.push('q=' + encodeURIComponent(Array.from(state.q).slice(0, 400).join('')));
      Object.keys(state.facets).forEach(function (f) {
        state.facets[f].forEach(function (t) { parts.push((f === 'kind' ? 'kind' : 'facet.' + encodeURIComponent(f)) + '=' + encodeURIComponent(t)); });
      });
      if (state.sort) parts.push('sort=' + state.sort);
      var query = parts.length ? '?' + parts.join('&') : '';
      try { history[push ? 'pushState' : 'replaceState'](null, '', location.pathname + query); }
      catch (e) { location.replace('#' + query); }
    }
    function change() { write(true); run(); }
    function failed() {
      status.textContent = '';
      hits.textContent = '';
      more.hidden = true;
      trouble.textContent = '';
      trouble.appendChild(errorBox(run));
    }
    function run() {
      var mine = ++turn;
      ready(function (error, S, site) {
        if (mine !== turn) return;
        if (error) return failed();
        if (!answer) status.textContent = site.s.loading;
        S.query(site, { text: state.q, facets: state.facets, sort: state.sort, counts: true }, need, function (error, result) {
          if (mine !== turn) return;
          if (error) return failed();
          S.fragments(site, result.order.slice(0, 5), need, function (error, fragments) {
            if (mine !== turn) return;
            if (error) return failed();
            answer = result;
            draw(S, site, fragments);
          });
        });
      });
    }
    function draw(S, site, fragments) {
      var t = site.s;
      trouble.textContent = '';
      hits.textContent = '';
      note.textContent = '';
      shown = 0;
      status.textContent = answer.total ? fill(answer.words.length ? t.found : t.all, 'n', number(answer.total)) : t.none;
      if (answer.switched) note.appendChild(el('p', '', fill(t.switched, 'q', answer.switched)));
      if (!answer.total) note.appendChild(el('p', 'muted', t.tips));
      var near = answer.exact ? '' : S.suggest(answer.text, fragments.slice(0, 3));
      if (near) {
        var p = el('p', '', t.mean + ' '), again = el('button', 'search-suggestion', near);
        again.type = 'button';
        again.addEventListener('click', function () { input.value = state.q = near; change(); input.focus(); });
        p.appendChild(again);
        note.appendChild(p);
      }
      filters(t);
      add(S, site, fragments);
    }
    function add(S, site, fragments) {
      var t = site.s, needles = S.needles(answer.words), names = kinds(S, site);
      fragments.forEach(function (f) {
        var hit = S.hit(f, needles), li = el('li', 'search-hit card'), h = el('h2', 'search-title'), a = el('a');
        a.href = root + hit.url;
        h.appendChild(pieces(a, hit.title));
        li.appendChild(h);
        var meta = [names[hit.kind], hit.year ? fill(t.era, 'y', hit.year) : '', hit.heading].filter(Boolean).join(' · ');
        if (meta) li.appendChild(el('p', 'search-meta muted', meta));
        if (hit.excerpt.length) li.appendChild(pieces(el('p', 'search-excerpt'), hit.excerpt));
        if (hit.sections.length) {
          var ul = el('ul', 'search-sections');
          hit.sections.forEach(function (s) {
            var item = el('li'), link = el('a', '', s.heading || t.in);
            link.href = root + s.url;
            item.appendChild(link);
            item.appendChild(pieces(el('span', 'search-excerpt'), s.excerpt));
            ul.appendChild(item);
          });
          li.appendChild(ul);
        }
        hits.appendChild(li);
      });
      shown += fragments.length;
      more.textContent = t.more;
      more.hidden = shown >= answer.total;
    }
    function next(focus) {
      var mine = turn, S = window.SalaSearch, at = shown;
      if (more.hidden || more.disabled) return;
      more.disabled = true;
      S.fragments(S.site, answer.order.slice(at, at + 10), need, function (error, fragments) {
        more.disabled = false;
        if (mine !== turn || at !== shown) return;
        if (error) { trouble.textContent = ''; trouble.appendChild(errorBox(function () { trouble.textContent = ''; next(focus); })); return; }
        add(S, S.site, fragments);
        if (focus && hits.children[at]) hits.children[at].querySelector('a').focus();
      });
    }
    function filters(t) {
      var kept = doc.activeElement && side.contains(doc.activeElement) ? doc.activeElement.id : '';
      side.textContent = '';
      chips.textContent = '';
      tools.textContent = '';
      side.hidden = false;
      side.appendChild(el('summary', '', t.filters));
      var any = false;
      answer.facets.forEach(function (f) {
        var chosen = state.facets[f[0]] || [], box = el('fieldset', 'search-facet'), rows = 0, hidden = 0;
        box.appendChild(el('legend', '', f[1]));
        f[2].forEach(function (term) {
          var on = chosen.indexOf(term[0]) >= 0;
          if (on) {
            any = true;
            var chip = el('button', 'chip search-chip', f[1] + ': ' + term[1] + ' ×');
            chip.type = 'button';
            chip.setAttribute('aria-label', fill(t.remove, 'x', f[1] + ' ' + term[1]));
            chip.addEventListener('click', function () { pick(f[0], term[0], false); change(); input.focus(); });
            chips.appendChild(chip);
          }
          if (!term[2] && !on) return;
          rows++;
          if (rows > 8 && !on && !widened[f[0]]) { hidden++; return; }
          var label = el('label'), check = el('input');
          check.type = 'checkbox';
          check.checked = on;
          check.id = 'search-' + f[0] + '-' + term[0];
          check.addEventListener('change', function () { pick(f[0], term[0], check.checked); change(); });
          label.appendChild(check);
          label.appendChild(el('span', '', term[1]));
          label.appendChild(el('span', 'count', number(term[2])));
          box.appendChild(label);
        });
        if (hidden) {
          var all = el('button', 'search-widen', t.allterms + ' (' + number(rows) + ')');
          all.type = 'button';
          all.addEventListener('click', function () { widened[f[0]] = true; filters(t); });
          box.appendChild(all);
        }
        if (rows) side.appendChild(box);
      });
      if (any) {
        var clear = el('button', 'search-clear', t.clear);
        clear.type = 'button';
        clear.addEventListener('click', function () { state.facets = {}; change(); input.focus(); });
        chips.appendChild(clear);
      }
      var label = el('label', '', t.sort + ' '), select = el('select');
      [['', t.relevance], ['year', t.year]].forEach(function (o) {
        var option = el('option', '', o[1]);
        option.value = o[0];
        option.selected = state.sort === o[0];
        select.appendChild(option);
      });
      select.addEventListener('change', function () { state.sort = select.value; change(); });
      label.appendChild(select);
      tools.appendChild(label);
      var back = kept && doc.getElementById(kept);
      if (back) back.focus();
    }
    form.addEventListener('submit', function (e) {
      e.preventDefault();
      e.stopImmediatePropagation();
      clearTimeout(timer);
      state.q = input.value;
      change();
    }, true);
    input.addEventListener('input', function () {
      clearTimeout(timer);
      timer = setTimeout(function () { state.q = input.value; write(false); run(); }, 90);
    });
    more.addEventListener('click', function () { next(true); });
    if (window.IntersectionObserver) {
      new IntersectionObserver(function (list) { if (list[0].isIntersecting && shown && shown < 25) next(false); }).observe(more);
    }
    window.addEventListener('popstate', function () { read(); run(); });
    read();
    run();
  }

  Array.prototype.forEach.call(doc.querySelectorAll('form[data-search-form]'), function (form) {
    var area = doc.querySelector('[data-search-results]');
    if (form.hasAttribute('data-search-main') && area) page(form, area);
    else if (form.getAttribute('data-search-page')) combobox(form);
  });
}());
