import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileWithin, readBytes } from '../platform/files.js';

/** Folder of the page. All of its files are served. */
const PAGE = join(import.meta.dirname, 'page');
const MAX_BYTES = 1024 * 1024;
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};
const LIBRARY = 'lit-html.js';
/** Style sheets in cascade order. */
const STYLES = ['base', 'issues', 'bar', 'inbox', 'stage', 'aside', 'dialogs', 'narrow'];

export interface Asset {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file of the page, such as `views/bar.js`; undefined if it does not exist. */
export async function readAsset(name: string): Promise<Asset | undefined> {
  const type = TYPES[/^[a-z/-]+\.([a-z]+)$/.exec(name)?.[1] ?? ''];
  if (!type) return undefined;
  const library = name === LIBRARY ? createRequire(import.meta.url).resolve('lit-html') : undefined;
  const path = library ?? (await fileWithin(PAGE, name));
  return path === undefined ? undefined : { type, bytes: new Uint8Array(await readBytes(path, MAX_BYTES)) };
}

/**
 * The page and its content security policy: only its own scripts, and requests to this server.
 * @param token token that the page sends with requests that have effects
 * @param revision revision of the files that it is rendered for
 */
export function pageHtml(token: string, revision: number): { html: string; csp: string } {
  const nonce = randomBytes(16).toString('base64');
  const imports = JSON.stringify({ imports: { 'lit-html': `/assets/${LIBRARY}` } });
  const styles = STYLES.map((name) => `<link rel="stylesheet" href="/assets/styles/${name}.css">`).join('\n');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="obn-token" content="${token}">
<meta name="obn-revision" content="${revision}">
<title>Preview</title>
<link rel="icon" href="/assets/icon.svg">
${styles}
<script type="importmap" nonce="${nonce}">${imports}</script>
<script type="module" src="/assets/main.js"></script>
</head>
<body></body>
</html>
`;
  const csp = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return { html, csp: csp.join('; ') };
}
