import { createHash } from 'node:crypto';
import { join, relative, sep } from 'node:path';
import { locateList } from '../config/list.js';
import type { Newsletter } from '../config/load.js';
import {
  type Approved,
  contentDigest,
  judgeApproval,
  queryDigest,
  type Verdict,
} from '../delivery/approval.js';
import { readApprovals } from '../delivery/approval-file.js';
import { findingsError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import { issuesFolder } from '../issue/store.js';
import type { Approval, ApprovalStore } from '../ledger/approval-store.js';
import { readBytes } from '../platform/files.js';
import type { Compiled } from './compile.js';
import type { AudienceChoice } from './send-request.js';

export type { Approval } from '../ledger/approval-store.js';

/** No mail program shows a larger image. */
const MAX_PICTURE_BYTES = 50_000_000;

/** The digests that an approval covers, for the issue, its images and the configuration as they are now. */
export async function approvedParts(
  newsletter: Newsletter,
  { issue, rendered, message }: Compiled,
  choice: Pick<AudienceChoice, 'list' | 'segment'> = {},
): Promise<Approved> {
  const { config, root } = newsletter;
  const { segments, ...audience } = config.audience;
  const name = choice.segment ?? issue.segment;
  const file = relative(root, locateList(newsletter, choice.list).path).replaceAll(sep, '/');
  const segment = name === undefined ? undefined : { name, query: segments[name] };
  // For topics, the readers' own choices replace the tags in a segment's query.
  const topics = segment && config.serve.topics.map(({ tag }) => tag).sort();
  const { logo, logo_dark } = config.theme;
  const shown = rendered.outline.pictures.flatMap((picture) => (picture.file ? [picture.src] : []));
  const pictures = await digestsOf(root, [...shown, logo, logo_dark]);
  return {
    content: contentDigest(message, pictures),
    audience: queryDigest({ ...audience, file, segment, ...(topics?.length ? { topics } : {}) }),
  };
}

/** SHA-256 of each image that is a file of the newsletter. */
async function digestsOf(
  root: string,
  sources: readonly (string | undefined)[],
): Promise<Map<string, string>> {
  const own = new Set(sources.filter((one) => one !== undefined && !/^https?:/i.test(one)) as string[]);
  const digests = [...own].sort().map(async (source) => {
    const bytes = await readBytes(join(issuesFolder(root), source), MAX_PICTURE_BYTES);
    return [source, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return new Map(await Promise.all(digests));
}

/** Whether the ledger or a line in git approves an issue as it is now. */
export async function verdictOn(
  newsletter: Newsletter,
  ledger: Pick<ApprovalStore, 'get'>,
  issue: number,
  parts: Approved,
): Promise<Verdict> {
  const known = await ledger.get(issue);
  const written = await readApprovals(newsletter, issue);
  return judgeApproval(known ? [known, ...written] : written, parts);
}

/** Why an issue is not approved, in one line. */
export function unapprovedText(issue: number, verdict: Exclude<Verdict, { kind: 'approved' }>): string {
  if (verdict.kind === 'missing') return `issue #${issue} is not approved`;
  const what = verdict.changed.map((part) => PARTS[part]).join(', and ');
  return `issue #${issue} was approved by ${approvedBy(verdict.approval)}, but ${what}`;
}

/** Who gave an approval, and when. */
export function approvedBy({ by, at }: Approval): string {
  return `${visible(by)} on ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const PARTS = {
  content: 'the content has changed since',
  audience: 'the audience has changed (list, segment or query)',
} as const;

/** @returns the approval. @throws ObnError if the issue is not approved as it is now */
export function requireApproved(issue: number, verdict: Verdict): Approval {
  if (verdict.kind === 'approved') return verdict.approval;
  const hint = `review it with \`obn preview ${issue}\`, then run \`obn approve ${issue}\``;
  throw findingsError(unapprovedText(issue, verdict), [], hint);
}
