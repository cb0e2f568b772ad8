import { fileName } from '../../check/rules/file-name.js';
import type { Newsletter } from '../../config/load.js';
import { misnamedIssueFiles } from '../../issue/misnamed.js';
import type { CommandContext } from '../command.js';
import { findingsText } from '../print/findings.js';

/** Names the files that an author may wait for in vain: obn does not read them as issues. */
export async function sayMisnamed({ output }: CommandContext, newsletter: Newsletter): Promise<void> {
  if (Object.hasOwn(newsletter.config.check.off, fileName.name)) return;
  const findings = (await misnamedIssueFiles(newsletter)).map(({ name, ...problem }) => ({
    file: name,
    line: 1,
    column: 1,
    rule: fileName.name,
    ...problem,
  }));
  if (findings.length > 0) output.talk(findingsText(findings, output.talkStyle));
}
