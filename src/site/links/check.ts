import { join } from 'node:path';
import { Parser } from 'htmlparser2';
import { exists } from '../../platform/files.js';
import { readMany } from '../../platform/folder.js';
import type { SiteAddress } from '../site-address.js';
import { absolute } from './absolute.js';

/** A reference on a page. */
interface Reference {
  readonly address: string;
  readonly kind: 'link' | 'picture';
}

interface ReadPage {
  readonly path: string;
  readonly references: readonly Reference[];
  readonly ids: ReadonlySet<string>;
  /** IDs that occur more than once. */
  readonly repeated: ReadonlySet<string>;
}

/** A broken link within the site, or a missing image. */
export interface Broken extends Reference {
  /** The page, such as `issues/3/index.html`. */
  readonly page: string;
  readonly why: string;
}

/**
 * Checks all links of a site to its own pages and anchors, and all images.
 * @param folder the site
 * @param paths its files
 */
export function brokenLinks(folder: string, paths: readonly string[], place: SiteAddress): Broken[] {
  const names = paths.filter((path) => path.endsWith('.html'));
  const texts = readMany(names.map((path) => join(folder, path)));
  const pages = new Map(names.map((path, index) => [path, readPage(path, String(texts[index] ?? ''))]));
  const files = new Set(paths);
  return [...pages.values()].flatMap((page) => {
    const seen = new Map(page.references.map((one) => [`${one.kind} ${one.address}`, one]));
    return [...seen.values()].flatMap((reference) => {
      const why = whyBroken(reference, page, { folder, files, pages, place });
      return why === undefined ? [] : [{ ...reference, page: page.path, why }];
    });
  });
}

interface Site {
  readonly folder: string;
  readonly files: ReadonlySet<string>;
  readonly pages: ReadonlyMap<string, ReadPage>;
  readonly place: SiteAddress;
}

/** Folders that only obn writes. Other paths on the host may belong to other content. */
const OWN = /^(issues|images|pictures|cards|assets)\//;

function whyBroken({ address, kind }: Reference, page: ReadPage, site: Site): string | undefined {
  const { folder, files, pages, place } = site;
  const relative = !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address);
  const full = absolute(address, place, `${place.url}/${page.path.replace(/(^|\/)index\.html$/, '$1')}`);
  if (!full.startsWith(`${place.url}/`) || !URL.canParse(full)) {
    return relative && full !== place.url ? 'leads outside of the site' : undefined;
  }
  const path = pathOf(full.slice(place.url.length + 1));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  const known = files.has(file) ? file : files.has(`${file}/index.html`) ? `${file}/index.html` : undefined;
  if (known === undefined) {
    if (exists(join(folder, file)) || !(relative || OWN.test(file))) return undefined;
    return kind === 'picture' ? 'is missing' : 'leads to a missing page';
  }
  const anchor = decoded(new URL(full).hash.slice(1));
  const target = pages.get(known);
  if (anchor === '' || !target) return undefined;
  if (target.repeated.has(anchor)) return `leads to an id that occurs more than once in ${known}`;
  return target.ids.has(anchor) ? undefined : `leads to an id that ${known} does not have`;
}

function pathOf(address: string): string {
  return decoded(address.replace(/[?#].*$/s, ''));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readPage(path: string, html: string): ReadPage {
  const references: Reference[] = [];
  const ids = new Set<string>();
  const repeated = new Set<string>();
  const parser = new Parser({
    onopentag(name, { id, href, src, srcset, property, content }) {
      if (id) (ids.has(id) ? repeated : ids).add(id);
      if (href && (name === 'a' || name === 'link')) references.push({ address: href, kind: 'link' });
      if (src) references.push({ address: src, kind: name === 'script' ? 'link' : 'picture' });
      for (const one of srcset?.split(',') ?? []) {
        const [address = ''] = one.trim().split(/\s+/);
        if (address !== '') references.push({ address, kind: 'picture' });
      }
      if (property === 'og:image' && content) references.push({ address: content, kind: 'picture' });
    },
  });
  parser.end(html);
  return { path, references, ids, repeated };
}
