import { createHash } from 'node:crypto';
import type { Approval } from '../ledger/approval-store.js';
import { type CompiledMessage, messageDigest } from '../message/compiled.js';

/** The digests that an approval covers: SHA-256 in hex. */
export type Approved = Pick<Approval, 'content' | 'audience'>;

export type ApprovedPart = keyof Approved;

/** The query that selects the readers. Its result is not part of an approval, because readers come and go. */
export interface AudienceQuery {
  /** The list, relative to the newsletter. */
  readonly file: string;
  readonly segment?: { readonly name: string; readonly query: unknown } | undefined;
  /** The other settings of the audience. */
  readonly [key: string]: unknown;
}

/**
 * Digest of everything that readers see: the compiled message, which contains nothing about a reader or a run, and the
 * bytes of its images.
 * @param pictures SHA-256 of each image of the newsletter, by name
 */
export function contentDigest(message: CompiledMessage, pictures: ReadonlyMap<string, string>): string {
  return digestOf({ message: messageDigest(message), pictures: Object.fromEntries(pictures) });
}

export function queryDigest(query: AudienceQuery): string {
  return digestOf(query);
}

/** The state of an issue that needs an approval. */
export type Verdict =
  | { readonly kind: 'approved'; readonly approval: Approval }
  | { readonly kind: 'changed'; readonly approval: Approval; readonly changed: readonly ApprovedPart[] }
  | { readonly kind: 'missing' };

/**
 * Compares what would be sent with what was approved. Pure. One approval must cover both parts. If none does, the
 * result names what has changed since the latest.
 */
export function judgeApproval(approvals: readonly Approval[], now: Approved): Verdict {
  const latestFirst = approvals.toSorted((a, b) => b.at - a.at);
  const fitting = latestFirst.find((one) => differences(one, now).length === 0);
  if (fitting) return { kind: 'approved', approval: fitting };
  const [latest] = latestFirst;
  return latest
    ? { kind: 'changed', approval: latest, changed: differences(latest, now) }
    : { kind: 'missing' };
}

function differences(before: Approved, now: Approved): ApprovedPart[] {
  return (['content', 'audience'] as const).filter((part) => before[part] !== now[part]);
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('hex');
}

/** Sorts keys, because their order has no meaning. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
