// One simple theme, written for each generator: a head, a title, the text; lists are titles with links.
// Templates of kinds in the default theme fill these blocks; the compiler wants them to exist.
function blocks(names) {
  return names.split(' ').map((name) => `{% block ${name} %}{% endblock ${name} %}`).join('') + '\n';
}
const SALA_BASE = `<!doctype html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ page.csp }}">
<title>{{ page.title }} | {{ site.title }}</title>
{% if page.canonical %}<link rel="canonical" href="{{ page.canonical }}">
{% endif %}</head>
<body>
<header><a href="{{ home }}">{{ site.title }}</a></header>
<main>
<h1>{{ page.heading }}</h1>
{% block content %}{{ page.html | safe }}{% endblock content %}
</main>
<footer>{{ site.title }}</footer>
</body>
</html>
${blocks('act before body body_class connections list_head scripts side source strip toc')}`;
const extend = (content) => `{% extends "base.html" %}\n{% block content %}${content}{% endblock content %}\n`;
const LIST = extend('<ul>{% for card in list.entries %}<li><a href="{{ card.href }}">{{ card.title }}</a></li>\n{% endfor %}</ul>\n<ul>{% for f in list.facets %}{% for v in f.values %}<li><a href="{{ v.href }}">{{ v.label }}</a> {{ v.count }}</li>\n{% endfor %}{% endfor %}</ul>');
const ENTRY = extend('{{ entry.lead_html | safe }}{% for s in entry.section_list %}<h2 id="{{ s.id }}">{{ s.title }}</h2>\n{{ s.html | safe }}{% endfor %}');

/** Templates of the theme for Sala. */
export const SALA_TEMPLATES = {
  'base.html': SALA_BASE,
  'entry.html': ENTRY,
  'page.html': extend('{{ page.html | safe }}'),
  'list.html': LIST,
  'facet.html': LIST,
  'home.html': extend('<ul>{% for n in site.nav %}<li><a href="{{ n.href }}">{{ n.label }}</a></li>{% endfor %}</ul>'),
  'vocabulary.html': extend(''),
  'matrix.html': extend(''),
  'compare.html': extend(''),
  'search.html': extend(''),
  '404.html': extend(''),
};

const head = `<!doctype html>
<html lang="th">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:">
<title>{{ .Title }} | {{ .Site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
</head>
<body>
<header><a href="{{ .Site.BaseURL }}">{{ .Site.Title }}</a></header>
<main>
<h1>{{ .Title }}</h1>
{{ block "main" . }}{{ end }}
</main>
<footer>{{ .Site.Title }}</footer>
</body>
</html>
`;
const list = '{{ define "main" }}<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>\n{{ end }}</ul>{{ end }}\n';

/** Layouts of the theme for Hugo. */
export const HUGO_LAYOUTS = {
  '_default/baseof.html': head,
  '_default/single.html': '{{ define "main" }}{{ .Content }}{{ end }}\n',
  '_default/list.html': list,
  'index.html': '{{ define "main" }}<ul>{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n',
};

// Zola 0.22 has the template language of Sala.
const ZOLA_LIST = '<ul>{% for page in PAGES %}<li><a href="{{ page.permalink | safe }}">{{ page.title }}</a></li>\n{% endfor %}</ul>';
const ofZola = (title, content) => `{% extends "base.html" %}{% block title %}${title}{% endblock title %}{% block content %}${content}{% endblock content %}\n`;

/** Templates of the theme for Zola. */
export const ZOLA_TEMPLATES = {
  'base.html': `<!doctype html>
<html lang="th">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:">
<title>{% block title %}{% endblock title %} | {{ config.title }}</title>
{% if current_url %}<link rel="canonical" href="{{ current_url | safe }}">
{% endif %}</head>
<body>
<header><a href="{{ config.base_url | safe }}">{{ config.title }}</a></header>
<main>
{% block content %}{% endblock content %}
</main>
<footer>{{ config.title }}</footer>
</body>
</html>
`,
  'index.html': ofZola('{{ config.title }}', '<ul>{% for path in section.subsections %}<li><a href="{{ get_url(path="@/" ~ path) | safe }}">{{ path }}</a></li>{% endfor %}</ul>'),
  'section.html': ofZola('{{ section.title }}', `<h1>{{ section.title }}</h1>${ZOLA_LIST.replace('PAGES', 'section.pages')}`),
  'page.html': ofZola('{{ page.title }}', '<h1>{{ page.title }}</h1>{{ page.content | safe }}'),
  'taxonomy_list.html': ofZola('{{ taxonomy.name }}', '<ul>{% for term in terms %}<li><a href="{{ term.permalink | safe }}">{{ term.name }}</a></li>{% endfor %}</ul>'),
  'taxonomy_single.html': ofZola('{{ term.name }}', ZOLA_LIST.replace('PAGES', 'term.pages')),
};
