import type { NameServer } from '../platform/name-server.js';

/** DMARC policy of a domain (RFC 7489). */
export interface Policy {
  /** Domain that publishes the policy: the sender's domain or a parent; undefined if there is none. */
  readonly domain: string | undefined;
  /** The published records. More than one counts as none. */
  readonly records: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Organizational domain, within which domains count as aligned. */
  readonly organisation: string;
}

/**
 * Looks up the record of the domain and then of each parent, like the newer DMARC rules, which walk up the
 * DNS tree instead of using a public suffix list.
 */
export async function findPolicy(domain: string, names: NameServer): Promise<Policy> {
  const found: { domain: string; records: string[] }[] = [];
  for (const candidate of withParents(domain)) {
    const texts = await names.texts(`_dmarc.${candidate}`);
    const records = texts.filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text));
    if (records.length > 0) found.push({ domain: candidate, records });
  }
  const [nearest] = found;
  return {
    domain: nearest?.domain,
    records: nearest?.records ?? [],
    tags: tagsOf(nearest?.records[0] ?? ''),
    organisation: found.at(-1)?.domain ?? domain,
  };
}

/** Tags of a record such as `v=DMARC1; p=none`, by lowercase name. */
export function tagsOf(record: string): Record<string, string> {
  const pairs = record.split(';').map((part) => /^\s*([a-z]+)\s*=\s*(.*?)\s*$/i.exec(part));
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1]?.toLowerCase(), pair[2]]] : [])));
}

/**
 * Whether a DKIM or envelope domain is aligned with the sender's domain.
 * @param mode `s`: only the domain itself; otherwise any domain of the same organization
 */
export function isAligned(
  other: string,
  domain: string,
  { organisation }: Policy,
  mode: string | undefined,
): boolean {
  if (other === domain) return true;
  if (mode === 's') return false;
  const within = (name: string) => name === organisation || name.endsWith(`.${organisation}`);
  return within(other) && within(domain);
}

/** The domain and its parents, down to two labels. */
export function withParents(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, index) => labels.slice(index).join('.'));
}
