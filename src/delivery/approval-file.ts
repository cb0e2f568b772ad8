import { join, relative } from 'node:path';
import { FileError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import type { Approval } from '../ledger/approval-store.js';
import { exists, OWNER_ONLY, readText, writeFile } from '../platform/files.js';

/** A newsletter's folder, and the folder that paths in messages are relative to. */
interface Place {
  readonly root: string;
  readonly cwd: string;
}

const HEAD =
  '# One approval per line, written by `obn approve --file`. An issue is sent if one of them matches.\n';
const LINE =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z) content:([0-9a-f]{64}) audience:([0-9a-f]{64}) by (\S.*)$/;

/**
 * The file of an issue's approvals in git. It is not in the issue, because a line there would be a
 * change of the issue. It has its own folder, because CODEOWNERS assigns owners by folder.
 */
export function approvalFile(root: string, issue: number): string {
  return join(root, 'approvals', `${String(issue).padStart(3, '0')}.txt`);
}

/** An approval as a line of its file. */
export function approvalLine({ content, audience, by, at }: Approval): string {
  const time = new Date(at).toISOString().replace(/\.\d+/, '');
  return `${time} content:${content} audience:${audience} by ${visible(by).trim() || 'somebody'}`;
}

/** Reads the approvals of an issue; none without a file. @throws ObnError with the position of an invalid line */
export async function readApprovals({ root, cwd }: Place, issue: number): Promise<Approval[]> {
  const path = approvalFile(root, issue);
  if (!exists(path)) return [];
  const lines = (await readText(path)).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [, time = '', content = '', audience = '', by = ''] = LINE.exec(line.trimEnd()) ?? [];
    const at = Date.parse(time);
    if (Number.isNaN(at)) {
      const hint =
        'remove the line, and approve again with `obn approve N --file`; nothing is sent until then';
      throw new FileError(relative(cwd, path), index + 1, 'is not an approval', { hint });
    }
    return [{ issue, content, audience, by, at }];
  });
}

/** Appends an approval to the file. @returns the path of the file */
export async function addApproval(root: string, approval: Approval): Promise<string> {
  const path = approvalFile(root, approval.issue);
  const before = exists(path) ? await readText(path) : HEAD;
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  await writeFile(path, `${before}${separator}${approvalLine(approval)}\n`, OWNER_ONLY);
  return path;
}
