import { misnamedFindings } from '../../check/misnamed-findings.js';
import type { Newsletter } from '../../config/load.js';
import type { CommandContext } from '../command.js';
import { findingsText } from '../print/findings.js';

/** Names the files that an author may wait for in vain: obn does not read them as issues. */
export async function sayMisnamed({ output }: CommandContext, newsletter: Newsletter): Promise<void> {
  const findings = await misnamedFindings(newsletter);
  if (findings.length > 0) output.talk(findingsText(findings, output.talkStyle));
}
