import { createHash } from 'node:crypto';
import type { Approval } from '../ledger/approval-store.js';
import { type CompiledMessage, messageDigest } from '../message/compiled.js';

/** What an approval is bound to, as SHA-256 in hex. */
export type Approved = Pick<Approval, 'content' | 'audience'>;

export type ApprovedPart = keyof Approved;

/** Who gets an issue, as a question and not as an answer: readers come and go without anybody's approval. */
export interface AudienceQuery {
  /** The list, relative to the newsletter. */
  readonly file: string;
  readonly segment?: { readonly name: string; readonly query: unknown } | undefined;
  /** Whatever else the configuration says of the audience. */
  readonly [key: string]: unknown;
}

/**
 * Digest of all that readers get to see: the compiled message, which has nothing of a reader or of a run in it, and the
 * bytes of its pictures.
 * @param pictures SHA-256 of each picture of the newsletter's own, by its name
 */
export function contentDigest(message: CompiledMessage, pictures: ReadonlyMap<string, string>): string {
  return digestOf({ message: messageDigest(message), pictures: Object.fromEntries(pictures) });
}

export function queryDigest(query: AudienceQuery): string {
  return digestOf(query);
}

/** What is to be said of an issue that needs an approval. */
export type Verdict =
  | { readonly kind: 'approved'; readonly approval: Approval }
  | { readonly kind: 'changed'; readonly approval: Approval; readonly changed: readonly ApprovedPart[] }
  | { readonly kind: 'missing' };

/**
 * Holds what would be sent against what was approved. Pure. One approval has to cover both parts; where none does, what
 * has changed is said of the latest.
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

/** The order in which keys were written says nothing. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
