import type { NameServer } from '../platform/name-server.js';

/** What the DNS says of mail that comes from a domain without being signed for it (DMARC, RFC 7489). */
export interface Policy {
  /** The domain that says it: the sender's own, or one that it is part of; undefined: none does. */
  readonly domain: string | undefined;
  /** The records as they stand there; more than one counts as none. */
  readonly records: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** The domain within which others count as the same owner's. */
  readonly organisation: string;
}

/**
 * Looks for the record at the domain itself and then at each domain that it is part of, as the newer rules of DMARC walk
 * up the tree in place of a list of public suffixes.
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

/** The tags of a record of the form `v=DMARC1; p=none`, by their names in small letters. */
export function tagsOf(record: string): Record<string, string> {
  const pairs = record.split(';').map((part) => /^\s*([a-z]+)\s*=\s*(.*?)\s*$/i.exec(part));
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1]?.toLowerCase(), pair[2]]] : [])));
}

/**
 * Whether what was signed for, or sent from, counts as the sender's own domain.
 * @param mode `s`: only the domain itself; else any domain of the same organisation
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

/** A domain and those that it is part of, down to two labels. */
export function withParents(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, index) => labels.slice(index).join('.'));
}
