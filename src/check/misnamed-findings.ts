import type { Newsletter } from '../config/load.js';
import type { Finding } from '../findings/finding.js';
import { misnamedIssueFiles } from '../issue/misnamed.js';
import { fileName } from './rules/file-name.js';

/** Files that an author may wait for in vain: obn does not read them as issues. None where that rule is off. */
export async function misnamedFindings(newsletter: Newsletter): Promise<Finding[]> {
  if (Object.hasOwn(newsletter.config.check.off, fileName.name)) return [];
  const files = await misnamedIssueFiles(newsletter);
  return files.map(({ name, ...problem }) => ({
    ...{ file: name, line: 1, column: 1, rule: fileName.name },
    ...problem,
  }));
}
