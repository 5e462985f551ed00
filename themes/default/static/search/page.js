/* The search page: results, facets, order and address. Loaded after search.js, which has the loading of files. */
(function () {
  'use strict';
  const find = window.SalaFind;
  const doc = document;
  if (!find) return;
  const { root, ready, need, el, fill, number, pieces, errorBox, kinds, keep } = find;

  /* --- The search page --- */
  function page(form, area) {
    const input = form.querySelector('input[type=search]');
    let turn = 0;
    let timer;
    let answer;
    let shown = 0;
    const opened = {};
    const widened = {};
    let state = { q: '', facets: {}, sort: '', literal: false };
    const status = el('p', 'search-status');
    const note = el('div', 'search-note');
    const chips = el('div', 'search-chips');
    const tools = el('div', 'search-tools');
    const layout = el('div', 'search-layout');
    const side = el('details', 'search-facets search-waiting');
    const right = el('div', 'search-right');
    const hits = el('ol', 'search-hits');
    const bar = el('div', 'search-bar');
    const more = el('button', 'button search-more');
    const trouble = el('div');
    status.setAttribute('role', 'status');
    more.type = 'button';
    more.hidden = true;
    side.appendChild(el('summary', '', '\u00a0'));
    side.open = window.matchMedia('(min-width: 60em)').matches;
    bar.appendChild(status);
    bar.appendChild(tools);
    [bar, chips, note, trouble, hits, more].forEach((e) => { right.appendChild(e); });
    layout.appendChild(side);
    layout.appendChild(right);
    area.appendChild(layout);
    function read() {
      const raw = location.search.slice(1) || (location.hash.indexOf('#?') === 0 ? location.hash.slice(2) : '');
      state = { q: '', facets: {}, sort: '', literal: false };
      raw.split('&').forEach((pair) => {
        const i = pair.indexOf('=');
        let k;
        let v;
        if (i < 0) return;
        try {
          k = decodeURIComponent(pair.slice(0, i));
          v = decodeURIComponent(pair.slice(i + 1).replace(/\+/g, ' '));
        } catch (e) { return; }
        if (k === 'q') state.q = v;
        else if (k === 'sort') state.sort = ['year', 'strength', 'name'].indexOf(v) >= 0 ? v : '';
        else if (k === 'literal') state.literal = v === '1';
        else if (k === 'kind') pick('kind', v, true);
        else if (k.indexOf('facet.') === 0) pick(k.slice(6), v, true);
      });
      input.value = state.q;
    }
    function pick(field, term, on) {
      const list = (state.facets[field] || []).filter((t) => t !== term);
      if (on) list.push(term);
      state.facets[field] = list;
    }
    function write(push) {
      const parts = [];
      if (state.q) parts.push('q=' + encodeURIComponent(Array.from(state.q).slice(0, 400).join('')));
      Object.keys(state.facets).forEach((f) => {
        const name = f === 'kind' ? 'kind' : 'facet.' + encodeURIComponent(f);
        state.facets[f].forEach((t) => { parts.push(name + '=' + encodeURIComponent(t)); });
      });
      if (state.sort) parts.push('sort=' + state.sort);
      if (state.literal) parts.push('literal=1');
      const query = parts.length ? '?' + parts.join('&') : '';
      try { history[push ? 'pushState' : 'replaceState'](null, '', location.pathname + query); }
      catch (e) { location.replace('#' + query); }
    }
    /* Counts are loaded for facets that stand open: that of kinds, the chosen ones, and those opened by hand. */
    function counted(site) {
      site.facets.forEach(([field]) => {
        const open = field === 'kind' || (state.facets[field] || []).length;
        if (opened[field] === undefined && open) opened[field] = true;
      });
      return site.facets.map(([field]) => field).filter((field) => opened[field]);
    }
    /* The facets of the kinds that the first results are of, in the order of the schema, six at most and no two of one
       name: [field, name, number of the file]. */
    function offered(S, site) {
      const most = 6;
      const seen = {};
      answer.order.slice(0, 30).forEach((d) => {
        const k = S.kindAt(site, d);
        if (k >= 0) seen[k] = (seen[k] || 0) + 1;
      });
      const kinds = Object.keys(seen).sort((a, b) => seen[b] - seen[a] || Number(a) - Number(b)).slice(0, 3);
      const wanted = ['kind'];
      const put = (field) => { if (wanted.indexOf(field) < 0) wanted.push(field); };
      Object.keys(state.facets).forEach((field) => { if (state.facets[field].length) put(field); });
      for (let i = 0; wanted.length < most && i < 12; i++) {
        kinds.forEach((k) => { const field = site.kinds[k][5][i]; if (field && wanted.length < most) put(field); });
      }
      const names = {};
      return site.facets.filter(([field]) => wanted.indexOf(field) >= 0).map(([field, name, file]) => {
        const of = kinds.find((k) => site.kinds[k][5].indexOf(field) >= 0);
        const shown = names[name] && of ? name + ' (' + site.kinds[of][1] + ')' : name;
        names[name] = true;
        return [field, shown, file];
      });
    }
    function change() { write(true); keep(state.q); run(); }
    function failed() {
      status.textContent = '';
      hits.textContent = '';
      more.hidden = true;
      trouble.textContent = '';
      trouble.appendChild(errorBox(run));
    }
    function run() {
      const mine = ++turn;
      ready((error, S, site) => {
        if (mine !== turn) return;
        if (error) return failed();
        if (!answer) status.textContent = site.s.loading;
        const { q, facets, sort, literal } = state;
        const ask = { text: q, facets, sort, literal, counts: counted(site) };
        S.query(site, ask, need, (error, result) => {
          if (mine !== turn) return;
          if (error) return failed();
          S.fragments(site, result.order.slice(0, 5), need, (error, fragments) => {
            if (mine !== turn) return;
            if (error) return failed();
            answer = result;
            draw(S, site, fragments);
          });
        });
      });
    }
    function draw(S, site, fragments) {
      const t = site.s;
      trouble.textContent = '';
      hits.textContent = '';
      note.textContent = '';
      shown = 0;
      const found = !answer.words.length ? t.all : answer.exact ? t.found : t.near;
      /* Without words all is shown: pages that list others are none of what the portal holds. */
      const lists = (d) => { const kind = site.kinds[S.kindAt(site, d)]; return kind && kind[6]; };
      const held = answer.words.length ? answer.total : answer.order.filter((d) => !lists(d)).length;
      status.textContent = held ? fill(found, 'n', number(held)) : t.none;
      if (answer.reading) note.appendChild(el('p', 'muted', fill(t.read, 'q', answer.reading.text)));
      if (answer.switched && answer.total) note.appendChild(el('p', '', fill(t.switched, 'q', answer.switched)));
      if (answer.synonyms.length) {
        note.appendChild(el('p', 'muted', fill(t.synonyms, 'x', '“' + answer.synonyms.join('” “') + '”')));
      }
      area.classList.toggle('search-empty', !answer.total);
      if (!answer.total) helped(t);
      const near = answer.exact ? '' : S.suggest(answer.text, fragments.slice(0, 3));
      if (near) {
        const p = el('p', '', t.mean + ' ');
        const again = el('button', 'search-suggestion', near);
        again.type = 'button';
        again.addEventListener('click', () => { input.value = state.q = near; change(); input.focus(); });
        p.appendChild(again);
        note.appendChild(p);
      }
      filters(t, offered(S, site));
      add(S, site, fragments);
    }
    /* Nothing found: what to do stands where results would: each word of the query alone, the other language, the index
       of the page. Nothing moves for it: the index below gives way to its copy. */
    function helped(t) {
      note.appendChild(el('p', '', t.tips));
      const words = state.q.trim().split(/\s+/).filter((w) => Array.from(w).length > 2);
      if (words.length > 1) {
        const p = el('p', '', t.only + ' ');
        words.slice(0, 4).forEach((word) => {
          const again = el('button', 'search-suggestion', word);
          again.type = 'button';
          again.addEventListener('click', () => { input.value = state.q = word; change(); input.focus(); });
          p.appendChild(again);
          p.appendChild(doc.createTextNode(' '));
        });
        note.appendChild(p);
      }
      const elsewhere = doc.querySelector('[data-search-elsewhere]');
      if (elsewhere) {
        const p = /** @type {HTMLElement} */ (elsewhere.parentElement.cloneNode(true));
        p.querySelector('a').search = '?q=' + encodeURIComponent(Array.from(state.q).slice(0, 400).join(''));
        note.appendChild(p);
      }
      const index = doc.querySelector('[data-search-index] > .fold-body');
      if (index) note.appendChild(index.cloneNode(true));
    }
    function add(S, site, fragments) {
      const t = site.s;
      const needles = S.needles(answer.words, !answer.exact);
      const names = kinds(S, site);
      fragments.forEach((f, i) => {
        const hit = S.hit(f, needles);
        const under = answer.folded[answer.order[shown + i]] || [];
        const li = el('li', 'search-hit card');
        const h = el('h2', 'search-title');
        const a = el('a');
        a.href = root + hit.url;
        h.appendChild(pieces(a, hit.title));
        li.appendChild(h);
        const year = hit.year ? fill(fill(t.era, 'y', hit.year), 'c', hit.year - 543) : '';
        const meta = [hit.crumb || names[hit.kind], year, hit.heading].filter(Boolean).join(' · ');
        if (meta) li.appendChild(el('p', 'search-meta muted', meta));
        const facts = hit.facts.map(([label, value]) => label + ': ' + value).join(' · ');
        if (facts) li.appendChild(el('p', 'search-facts', facts));
        if (hit.excerpt.length) li.appendChild(pieces(el('p', 'search-excerpt'), hit.excerpt));
        if (hit.sections.length) {
          const ul = el('ul', 'search-sections');
          hit.sections.forEach((s) => {
            const item = el('li');
            const link = el('a', '', s.heading || t.in);
            link.href = root + s.url;
            item.appendChild(link);
            item.appendChild(pieces(el('span', 'search-excerpt'), s.excerpt));
            ul.appendChild(item);
          });
          li.appendChild(ul);
        }
        if (under.length) li.appendChild(folded(S, site, under, t));
        hits.appendChild(li);
      });
      shown += fragments.length;
      more.textContent = t.more;
      more.hidden = shown >= answer.order.length;
    }
    /* Matches that only refer to a hit: counted by kind, listed when they are opened. */
    function folded(S, site, docs, t) {
      const box = el('details', 'search-folded');
      const count = {};
      docs.forEach((d) => { const k = S.kindAt(site, d); count[k] = (count[k] || 0) + 1; });
      const names = Object.keys(count).map((k) => number(count[k]) + ' ' + (site.kinds[k] ? site.kinds[k][1] : ''));
      box.appendChild(el('summary', '', fill(t.refer, 'x', names.join(' · '))));
      box.addEventListener('toggle', () => {
        if (!box.open || box.querySelector('ul')) return;
        S.fragments(site, docs.slice(0, 20), need, (error, fragments) => {
          if (error) return box.appendChild(errorBox(() => { box.open = false; }));
          const list = el('ul', 'search-sections');
          fragments.forEach((f) => {
            S.ready(site, f);
            const item = el('li');
            const link = el('a', '', f[1]);
            link.href = root + f[0];
            item.appendChild(link);
            list.appendChild(item);
          });
          box.appendChild(list);
        });
      });
      return box;
    }
    function next(focus) {
      const mine = turn;
      const S = window.SalaSearch;
      const at = shown;
      if (more.hidden || more.disabled) return;
      more.disabled = true;
      S.fragments(S.site, answer.order.slice(at, at + 10), need, (error, fragments) => {
        more.disabled = false;
        if (mine !== turn || at !== shown) return;
        if (error) {
          trouble.textContent = '';
          trouble.appendChild(errorBox(() => { trouble.textContent = ''; next(focus); }));
          return;
        }
        add(S, S.site, fragments);
        if (focus && hits.children[at]) hits.children[at].querySelector('a').focus();
      });
    }
    function filters(t, fields) {
      const kept = doc.activeElement && side.contains(doc.activeElement) ? doc.activeElement.id : '';
      side.textContent = '';
      chips.textContent = '';
      tools.textContent = '';
      side.classList.remove('search-waiting');
      let any = 0;
      const counts = {};
      const title = el('summary', '', t.filters);
      side.appendChild(title);
      answer.facets.forEach(([field, , terms]) => { counts[field] = terms; });
      /* A kind that was read out of the words is chosen as much as one that was ticked. */
      const meant = answer.reading && answer.reading.kind || '';
      fields.forEach(([field, name]) => {
        const chosen = state.facets[field] || [];
        const box = el('details', 'search-facet');
        let rows = 0;
        let hidden = 0;
        const terms = counts[field];
        const heading = el('summary', '', name);
        const group = el('div');
        heading.id = 'search-facet-' + field;
        group.setAttribute('role', 'group');
        group.setAttribute('aria-labelledby', heading.id);
        box.appendChild(heading);
        box.appendChild(group);
        box.open = !!opened[field];
        box.addEventListener('toggle', () => {
          if (!!opened[field] === box.open) return;
          opened[field] = box.open;
          if (box.open) run();
        });
        side.appendChild(box);
        const ticked = ([id]) => chosen.indexOf(id) >= 0 || field === 'kind' && id === meant;
        const all = terms || [];
        all.filter(ticked).concat(all.filter((term) => !ticked(term))).forEach(([id, text, count]) => {
          const on = ticked([id]);
          if (chosen.indexOf(id) >= 0) {
            any++;
            const chip = el('button', 'chip search-chip', name + ': ' + text + ' ×');
            chip.type = 'button';
            chip.setAttribute('aria-label', fill(t.remove, 'x', name + ' ' + text));
            chip.addEventListener('click', () => { pick(field, id, false); change(); input.focus(); });
            chips.appendChild(chip);
          }
          if (!count && !on) return;
          rows++;
          if (rows > 8 && !on && !widened[field]) { hidden++; return; }
          const label = el('label');
          const check = el('input');
          check.type = 'checkbox';
          check.checked = on;
          check.id = 'search-' + field + '-' + id;
          check.addEventListener('change', () => {
            if (chosen.indexOf(id) < 0 && on) state.literal = true;
            else pick(field, id, check.checked);
            change();
          });
          label.appendChild(check);
          label.appendChild(el('span', '', text));
          label.appendChild(el('span', 'count', number(count)));
          group.appendChild(label);
        });
        if (hidden) {
          const wide = el('button', 'search-widen', t.allterms + ' (' + number(rows) + ')');
          wide.type = 'button';
          wide.addEventListener('click', () => { widened[field] = true; filters(t, fields); });
          group.appendChild(wide);
        }
        if (terms && !rows) box.hidden = true;
      });
      const site = window.SalaSearch.site;
      const read = answer.reading && answer.reading.kind && site.kinds.find((k) => k[0] === answer.reading.kind);
      if (read) {
        /* One tap takes what was typed as it is. */
        const chip = el('button', 'chip search-chip', read[1] + ' ×');
        chip.type = 'button';
        chip.setAttribute('aria-label', fill(t.remove, 'x', read[1]));
        chip.addEventListener('click', () => { state.literal = true; change(); input.focus(); });
        chips.appendChild(chip);
      }
      if (any) {
        title.appendChild(el('span', 'count', number(any)));
        const clear = el('button', 'search-clear', t.clear);
        clear.type = 'button';
        clear.addEventListener('click', () => { state.facets = {}; change(); input.focus(); });
        chips.appendChild(clear);
      }
      const label = el('label', '', t.sort + ' ');
      const select = el('select');
      const orders = [['', t.relevance], ['year', t.year], ['name', t.name]];
      if (site.strong) orders.splice(2, 0, ['strength', t.strength]);
      orders.forEach(([value, text]) => {
        const option = el('option', '', text);
        option.value = value;
        option.selected = state.sort === value;
        select.appendChild(option);
      });
      select.addEventListener('change', () => { state.sort = select.value; change(); });
      label.appendChild(select);
      tools.appendChild(label);
      const back = kept && doc.getElementById(kept);
      if (back) back.focus();
    }
    form.addEventListener('submit', (e) => {
      e.preventDefault();
      e.stopImmediatePropagation();
      clearTimeout(timer);
      state.q = input.value;
      state.literal = false;
      change();
    }, true);
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => { state.q = input.value; state.literal = false; write(false); run(); }, 90);
    });
    more.addEventListener('click', () => { next(true); });
    if (window.IntersectionObserver) {
      new IntersectionObserver((list) => {
        if (list[0].isIntersecting && shown && shown < 25) next(false);
      }).observe(more);
    }
    window.addEventListener('popstate', () => { read(); run(); });
    read();
    keep(state.q);
    run();
  }

  const main = doc.querySelector('form[data-search-main]');
  const area = doc.querySelector('[data-search-results]');
  if (main && area) page(main, area);
}());
