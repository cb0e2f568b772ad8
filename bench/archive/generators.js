// The same archive with static site generators: a page for each issue, home, index, 404, feed, sitemap, and unchanged
// images. Neither creates share images, image sizes or a search.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { issueMarkdown } from './corpus.js';

const ROOT = dirname(dirname(import.meta.dirname));
const ELEVENTY = '3.1.8';
const PAGEFIND = '1.6.0';

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** @param issue the path of an issue's Markdown */
function writeIssues(folder, count, issue) {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  write(folder, Object.fromEntries(numbers.map((number) => [issue(number), issueMarkdown(number)])));
}

const head = (title) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`;

/** Installs Eleventy into the folder, and its project beside it. @returns how to build it */
export function makeEleventy(folder, count, styles) {
  const issue = (number) => `content/issues/${number}.md`;
  write(folder, {
    'package.json': '{ "private": true, "type": "module" }',
    'eleventy.config.js': `export default (config) => {
  config.addPassthroughCopy({ images: 'images' });
  config.addCollection('issue', (api) => api.getFilteredByGlob('content/issues/*.md').reverse());
  return { dir: { input: 'content', output: 'site', includes: '../layouts' }, markdownTemplateEngine: false, htmlTemplateEngine: 'njk' };
};`,
    'content/issues/issues.11tydata.js':
      'export default { layout: "issue.njk", permalink: (data) => "/issues/" + data.number + "/index.html" };',
    'layouts/base.njk': `${head('{{ title }} · Off-by-none')}<meta name="description" content="{{ description }}"><style>${styles}</style></head><body><header class="masthead"><a class="home" href="/">Off-by-none</a></header><main id="content">{{ content | safe }}</main><footer><p>Off-by-none</p></footer></body></html>`,
    'layouts/issue.njk': `---
layout: base.njk
---
<article><header><p class="label">Issue #{{ number }} · <time datetime="{{ page.date.toISOString() }}">{{ page.date.toDateString() }}</time></p><h1>{{ title }}</h1></header>{{ content | safe }}</article>
{% set newer = collections.issue | getPreviousCollectionItem(page) %}{% set older = collections.issue | getNextCollectionItem(page) %}<nav>{% if older %}<a rel="prev" href="{{ older.url }}">{{ older.data.title }}</a>{% endif %}{% if newer %}<a rel="next" href="{{ newer.url }}">{{ newer.data.title }}</a>{% endif %}</nav>`,
    'content/index.njk': `---
layout: base.njk
title: Home
---
{% for issue in collections.issue %}{% if loop.index0 < 10 %}<p><a href="{{ issue.url }}">{{ issue.data.title }}</a></p>{% endif %}{% endfor %}`,
    'content/all.njk': `---
layout: base.njk
title: Issues
permalink: /issues/
---
<ol>{% for issue in collections.issue %}<li><a href="{{ issue.url }}">#{{ issue.data.number }} {{ issue.data.title }}</a> <time>{{ issue.date.toDateString() }}</time></li>{% endfor %}</ol>`,
    'content/404.njk': '---\nlayout: base.njk\ntitle: Not found\npermalink: /404.html\n---\n<p>Not found</p>',
    'content/feed.njk': `---
permalink: /atom.xml
---
<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Off-by-none</title>{% for issue in collections.issue %}{% if loop.index0 < 20 %}<entry><id>https://offbynone.io{{ issue.url }}</id><title>{{ issue.data.title }}</title><updated>{{ issue.date.toISOString() }}</updated><content type="html">{{ issue.content }}</content></entry>{% endif %}{% endfor %}</feed>`,
    'content/sitemap.njk': `---
permalink: /sitemap.xml
---
<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{% for issue in collections.issue %}<url><loc>https://offbynone.io{{ issue.url }}</loc></url>{% endfor %}</urlset>`,
  });
  writeIssues(folder, count, issue);
  cpSync(join(ROOT, 'issues/images'), join(folder, 'images'), { recursive: true });
  const install = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    `@11ty/eleventy@${ELEVENTY}`,
    `pagefind@${PAGEFIND}`,
  ];
  execFileSync('npm', install, { cwd: folder, stdio: 'ignore' });
  const command = [process.execPath, join(folder, 'node_modules/@11ty/eleventy/cmd.cjs'), '--quiet'];
  return { name: `Eleventy ${ELEVENTY}`, folder, command, issue, out: join(folder, 'site') };
}

/** The same with a search: its readers find words in all issues, as those of obn do. */
export function withPagefind(eleventy) {
  const pagefind = join(eleventy.folder, 'node_modules/pagefind/lib/runner/bin.cjs');
  const search = [process.execPath, pagefind, '--silent', '--site', eleventy.out];
  const script = `for (const [program, ...words] of ${JSON.stringify([eleventy.command, search])})
  require('node:child_process').execFileSync(program, words, { stdio: 'inherit' });`;
  return {
    ...eleventy,
    name: `${eleventy.name} and Pagefind ${PAGEFIND}`,
    command: [process.execPath, '-e', script],
  };
}

/** The project for Hugo. @returns how to build it; undefined where Hugo is not installed */
export function makeHugo(folder, count, styles) {
  const version = /v[\d.]+/.exec(spawnSync('hugo', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[0];
  if (!version) return undefined;
  const issue = (number) => `content/issues/${number}.md`;
  const shell = (title, main) =>
    `${head(title)}<meta name="description" content="{{ .Description }}"><style>${styles}</style></head><body><header class="masthead"><a class="home" href="/">Off-by-none</a></header><main id="content">${main}</main><footer><p>Off-by-none</p></footer></body></html>`;
  write(folder, {
    'config.toml': `baseURL = "https://offbynone.io/"\ntitle = "Off-by-none"\ndisableKinds = ["taxonomy", "term"]\n[markup.goldmark.renderer]\nunsafe = false\n`,
    'layouts/_default/single.html': shell(
      '{{ .Title }} · Off-by-none',
      '<article><header><p class="label">Issue #{{ .Params.number }} · <time datetime="{{ .Date }}">{{ .Date.Format "January 2, 2006" }}</time></p><h1>{{ .Title }}</h1></header>{{ .Content }}</article><nav>{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>',
    ),
    'layouts/_default/list.html': shell(
      'Issues · Off-by-none',
      '<ol>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">#{{ .Params.number }} {{ .Title }}</a> <time>{{ .Date.Format "January 2, 2006" }}</time></li>{{ end }}</ol>',
    ),
    'layouts/index.html': shell(
      'Off-by-none',
      '{{ range first 10 (where .Site.RegularPages "Section" "issues") }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}',
    ),
    'layouts/404.html': shell('Not found', '<p>Not found</p>'),
    'layouts/_default/rss.xml':
      '<rss version="2.0"><channel><title>Off-by-none</title><link>{{ .Permalink }}</link><description>Off-by-none</description>{{ range first 20 .Site.RegularPages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Content | html }}</description></item>{{ end }}</channel></rss>',
  });
  writeIssues(folder, count, issue);
  cpSync(join(ROOT, 'issues/images'), join(folder, 'static/images'), { recursive: true });
  const command = ['hugo', '--quiet', '--destination', join(folder, 'site')];
  return { name: `Hugo ${version}`, folder, command, issue, out: join(folder, 'site') };
}

/** Whether every issue came out. */
export function isComplete({ out }, count) {
  return [1, Math.ceil(count / 2), count].every((number) =>
    existsSync(join(out, 'issues', String(number), 'index.html')),
  );
}
