/* The search page: results, facets, order and address. Loaded after search.js, which has the loading of files. */
(function () {
  'use strict';
  var find = window.SalaFind, doc = document;
  if (!find) return;
  var root = find.root, ready = find.ready, need = find.need, el = find.el, fill = find.fill, number = find.number;
  var pieces = find.pieces, errorBox = find.errorBox, kinds = find.kinds;

  /* --- The search page --- */
  function page(form, area) {
    var input = form.querySelector('input[type=search]'), turn = 0, timer, answer, shown = 0, opened = {}, widened = {};
    var state = { q: '', facets: {}, sort: '' };
    var status = el('p', 'search-status'), note = el('div', 'search-note'), chips = el('div', 'search-chips'), tools = el('div', 'search-tools');
    var layout = el('div', 'search-layout'), side = el('details', 'search-facets'), right = el('div', 'search-right'), hits = el('ol', 'search-hits');
    var bar = el('div', 'search-bar'), more = el('button', 'button search-more'), trouble = el('div');
    status.setAttribute('role', 'status');
    more.type = 'button';
    more.hidden = true;
    side.hidden = true;
    side.open = window.matchMedia('(min-width: 60em)').matches;
    bar.appendChild(status);
    bar.appendChild(tools);
    [bar, chips, note, trouble, hits, more].forEach(function (e) { right.appendChild(e); });
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
    /* Counts are loaded for facets that stand open: the first two, the chosen ones, and those opened by hand. */
    function counted(site) {
      site.facets.forEach(function (f, i) {
        if (opened[f[0]] === undefined && (i < 2 || (state.facets[f[0]] || []).length)) opened[f[0]] = true;
      });
      return site.facets.map(function (f) { return f[0]; }).filter(function (f) { return opened[f]; });
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
        S.query(site, { text: state.q, facets: state.facets, sort: state.sort, counts: counted(site) }, need, function (error, result) {
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
      status.textContent = answer.total ? fill(!answer.words.length ? t.all : answer.exact ? t.found : t.near, 'n', number(answer.total)) : t.none;
      if (answer.switched) note.appendChild(el('p', '', fill(t.switched, 'q', answer.switched)));
      if (answer.synonyms.length) note.appendChild(el('p', 'muted', fill(t.synonyms, 'x', '“' + answer.synonyms.join('” “') + '”')));
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
      var any = 0, counts = {}, title = el('summary', '', t.filters);
      side.appendChild(title);
      answer.facets.forEach(function (f) { counts[f[0]] = f[2]; });
      window.SalaSearch.site.facets.forEach(function (f) {
        var chosen = state.facets[f[0]] || [], box = el('details', 'search-facet'), rows = 0, hidden = 0, terms = counts[f[0]];
        var heading = el('summary', '', f[1]), group = el('div');
        heading.id = 'search-facet-' + f[0];
        group.setAttribute('role', 'group');
        group.setAttribute('aria-labelledby', heading.id);
        box.appendChild(heading);
        box.appendChild(group);
        box.open = !!opened[f[0]];
        box.addEventListener('toggle', function () {
          if (!!opened[f[0]] === box.open) return;
          opened[f[0]] = box.open;
          if (box.open) run();
        });
        side.appendChild(box);
        (terms || []).forEach(function (term) {
          var on = chosen.indexOf(term[0]) >= 0;
          if (on) {
            any++;
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
          group.appendChild(label);
        });
        if (hidden) {
          var all = el('button', 'search-widen', t.allterms + ' (' + number(rows) + ')');
          all.type = 'button';
          all.addEventListener('click', function () { widened[f[0]] = true; filters(t); });
          group.appendChild(all);
        }
        if (terms && !rows) box.hidden = true;
      });
      if (any) {
        title.appendChild(el('span', 'count', number(any)));
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

  var main = doc.querySelector('form[data-search-main]'), area = doc.querySelector('[data-search-results]');
  if (main && area) page(main, area);
}());
