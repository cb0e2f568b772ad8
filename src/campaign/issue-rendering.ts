import { join, resolve } from 'node:path';
import { type Newsletter, openNewsletter } from '../config/load.js';
import type { Finding } from '../findings/finding.js';
import { findIssueFile, type IssueFile, issuesFolder } from '../issue/store.js';
import type { Variant } from '../message/variants.js';
import { copyTree, exists, OWNER_ONLY, writeFile } from '../platform/files.js';
import type { Host } from '../platform/host.js';
import { chooseIssue } from './choose-issue.js';
import { examineIssue } from './compile.js';
import { type IssueCopy, issueCopy, issueVariants } from './issue-copy.js';
import { withCampaign } from './open-campaign.js';
import { requireOutputFolder } from './output-path.js';
import { ownerOf } from './own-files.js';

export interface RenderRequest {
  /** The output folder, relative to the host's folder; default: `.obn/render/NUMBER`. */
  readonly out?: string | undefined;
  /** The list to use instead of the one in obn.yaml. */
  readonly list?: string | undefined;
  /** Receives messages of the ledger, such as that its server is not reachable. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** A rendered issue. It can be filled for one reader. */
export interface IssueRendering {
  readonly issue: number;
  /** Findings that prevent a send. */
  readonly errors: readonly Finding[];
  /** @param address of a subscriber @throws ObnError if it is not on the list */
  copy(address?: string): Promise<IssueCopy>;
  /** Writes a copy and the newsletter's images into the folder. @returns the size in bytes of each file, by name */
  write(copy: IssueCopy): Promise<{ readonly out: string; readonly files: Readonly<Record<string, number>> }>;
  /** The distinct messages that the list would get. @throws ObnError if there is no list */
  variants(): Promise<Variant[]>;
}

/**
 * Renders an issue of the newsletter in the host's folder.
 * @param wanted its number or path; default: the newest unsent issue
 * @throws ObnError if the issue does not exist or cannot be rendered, or `out` is a source folder of the newsletter
 */
export async function openRendering(
  host: Host,
  wanted: string | undefined,
  request: RenderRequest = {},
): Promise<IssueRendering> {
  const newsletter = await openNewsletter(host.cwd, host.env);
  const given = request.out === undefined ? undefined : resolve(host.cwd, request.out);
  if (given !== undefined) requireOutputFolder(ownerOf(newsletter, host.env), '--out', given);
  const file = await fileOf(host, newsletter, wanted, request);
  const now = host.clock.now();
  const { errors, ...compiled } = await examineIssue(newsletter, file, now, request.list);
  const out = given ?? renderFolder(newsletter, file);
  return {
    ...{ issue: compiled.issue.number, errors },
    copy: (address) => issueCopy(newsletter, compiled, address, now),
    write: async (copy) => ({ out, files: await writeCopy(newsletter, copy, out) }),
    variants: () => issueVariants(newsletter, compiled),
  };
}

async function fileOf(
  host: Host,
  newsletter: Newsletter,
  wanted: string | undefined,
  { onNotice }: RenderRequest,
): Promise<IssueFile> {
  if (wanted !== undefined) return findIssueFile(newsletter, wanted);
  const opening = { newsletter, create: false, onNotice };
  return withCampaign(host, opening, (campaign) => chooseIssue(campaign, wanted));
}

function renderFolder({ root }: Newsletter, { number }: IssueFile): string {
  return join(root, '.obn', 'render', String(number).padStart(3, '0'));
}

async function writeCopy(
  { root }: Newsletter,
  copy: IssueCopy,
  out: string,
): Promise<Record<string, number>> {
  const files = {
    'email.html': copy.html,
    'email.mjml': copy.mjml,
    'email.txt': copy.text,
    'web.html': copy.web,
    'message.eml': copy.message,
  };
  // A reader's message contains their address and unsubscribe link.
  const mode = copy.address === undefined ? undefined : OWNER_ONLY;
  const images = join(issuesFolder(root), 'images');
  const entries = Object.entries(files);
  await Promise.all([
    ...entries.map(([name, data]) => writeFile(join(out, name), data, mode)),
    ...(exists(images) ? [copyTree(images, join(out, 'images'))] : []),
  ]);
  return Object.fromEntries(entries.map(([name, data]) => [name, Buffer.byteLength(data)]));
}
