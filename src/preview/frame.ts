// Adapts an email or web page for local preview. The sent content does not change.

export type Scheme = 'light' | 'dark';

const PICTURE = /(\s(?:src|background|poster)=")([^"]*)(")/g;
const PICTURES = /(\ssrcset=")([^"]*)(")/g;
const CSS_URL = /(url\(\s*['"]?)(https?:[^'")]+)(['"]?\s*\))/gi;

/**
 * Serves images of the newsletter's site from its folder.
 * @param site URL of the site, without a trailing slash
 * @param version version of an image in the folder; undefined if it does not exist
 * @param base path under which images of the folder are served
 * @returns the HTML, and the number of remote images
 */
export function localPictures(
  html: string,
  site: string,
  version: (path: string) => number | undefined,
  base: string,
): { html: string; remote: number } {
  const remote = new Set<string>();
  const local = (address: string) => {
    const url = address.replaceAll('&amp;', '&');
    if (!/^(https?:)?\/\//i.test(url)) return address;
    const path = url.startsWith(`${site}/`) ? pathOf(url.slice(site.length + 1)) : undefined;
    const state = path === undefined ? undefined : version(path);
    if (state !== undefined) return `${base}/${address.slice(site.length + 1)}?v=${state}`;
    remote.add(url);
    return address;
  };
  const one = (_: string, before: string, address: string, after: string) => before + local(address) + after;
  const several = (_: string, before: string, list: string, after: string) =>
    before +
    list.replace(/(^|,\s*)([^\s,]+)/g, (__, comma: string, url: string) => comma + local(url)) +
    after;
  const shown = html.replace(PICTURE, one).replace(PICTURES, several).replace(CSS_URL, one);
  return { html: shown, remote: remote.size };
}

function pathOf(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replace(/[?#].*$/, ''));
  } catch {
    return undefined;
  }
}

const QUERY = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi;
const ALWAYS = '(min-width:0)';
const NEVER = '(max-width:0)';

/** Applies a color scheme to HTML, whatever the browser prefers. */
export function withScheme(html: string, scheme: Scheme): string {
  const query = (text: string) =>
    text.replace(QUERY, (_, wanted: string) => (wanted.toLowerCase() === scheme ? ALWAYS : NEVER));
  const style = (text: string) => query(text).replace(/(color-scheme\s*:\s*)light dark/gi, `$1${scheme}`);
  return html
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>/gi, style)
    .replace(/\smedia="[^"]*"/gi, query)
    .replace(/(<meta name="(?:supported-)?color-schemes?" content=")[^"]*/gi, `$1${scheme}`);
}

/** Links open in a new tab instead of replacing the email in the frame. */
export function withOwnTabs(html: string): string {
  return html.replace(/<head\b[^>]*>/i, (head) => `${head}<base target="_blank">`);
}

export interface Mark {
  /** Offset in the HTML. */
  readonly offset: number;
  readonly text: string;
}

/** Inserts comments into HTML. A comment inside a tag or comment is moved after it. */
export function withMarks(html: string, marks: readonly Mark[]): string {
  const placed = marks
    .map(({ offset, text }) => ({ at: outside(html, offset), text }))
    .sort((a, b) => a.at - b.at);
  let marked = '';
  let end = 0;
  for (const { at, text } of placed) {
    marked += `${html.slice(end, at)}<!--${text}-->`;
    end = at;
  }
  return marked + html.slice(end);
}

function outside(html: string, offset: number): number {
  const within = (open: string, close: string) => {
    const opened = html.lastIndexOf(open, offset - 1);
    const closed = html.indexOf(close, opened);
    return opened >= 0 && closed + close.length > offset ? closed + close.length : undefined;
  };
  return within('<!--', '-->') ?? within('<', '>') ?? offset;
}
