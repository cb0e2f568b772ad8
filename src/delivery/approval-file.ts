import { join, relative } from 'node:path';
import { FileError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import type { Approval } from '../ledger/approval-store.js';
import { exists, OWNER_ONLY, readText, writeFile } from '../platform/files.js';

/** A newsletter's folder, and the one that names of files in messages are relative to. */
interface Place {
  readonly root: string;
  readonly cwd: string;
}

const HEAD =
  '# One approval a line, as `obn approve --file` writes it; an issue goes out when one of them fits.\n';
const LINE =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z) content:([0-9a-f]{64}) audience:([0-9a-f]{64}) by (\S.*)$/;

/**
 * Where the approvals of an issue stand in git: beside the issue and not in it, because a line in the issue would be a
 * change of the issue, and in a folder of their own, because owners of files are named by folder.
 */
export function approvalFile(root: string, issue: number): string {
  return join(root, 'approvals', `${String(issue).padStart(3, '0')}.txt`);
}

/** An approval as a line of its file. */
export function approvalLine({ content, audience, by, at }: Approval): string {
  const time = new Date(at).toISOString().replace(/\.\d+/, '');
  return `${time} content:${content} audience:${audience} by ${visible(by).trim() || 'somebody'}`;
}

/** @throws ObnError with the place of a line that is no approval; none at all when there is no file. */
export async function readApprovals({ root, cwd }: Place, issue: number): Promise<Approval[]> {
  const path = approvalFile(root, issue);
  if (!exists(path)) return [];
  const lines = (await readText(path)).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [, time = '', content = '', audience = '', by = ''] = LINE.exec(line.trimEnd()) ?? [];
    const at = Date.parse(time);
    if (Number.isNaN(at)) {
      const hint = 'write it with `obn approve N --file`; nothing is sent while it stands there';
      throw new FileError(relative(cwd, path), index + 1, 'is no approval', { hint });
    }
    return [{ issue, content, audience, by, at }];
  });
}

/** Writes an approval behind those that are there. @returns the file */
export async function addApproval(root: string, approval: Approval): Promise<string> {
  const path = approvalFile(root, approval.issue);
  const before = exists(path) ? await readText(path) : HEAD;
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  await writeFile(path, `${before}${separator}${approvalLine(approval)}\n`, OWNER_ONLY);
  return path;
}
