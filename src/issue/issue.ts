import { parseSource, type SourceDocument } from '../document/document.js';
import { validate } from '../document/validate.js';
import { FileError } from '../findings/error.js';
import { compareFindings, type Finding } from '../findings/finding.js';
import { readText } from '../platform/files.js';
import { type IssueData, issueSchema } from './schema.js';

/** A valid issue, as frozen data. */
export interface Issue extends Readonly<IssueData> {
  readonly document: SourceDocument;
}

export type ParsedIssue = { readonly issue: Issue } | { readonly findings: readonly Finding[] };

/** Parses an issue; returns every finding at once. */
export function parseIssue(file: string, text: string): ParsedIssue {
  const document = parseSource(file, text);
  if (document.findings.length > 0) return { findings: document.findings };
  const result = validate(document, issueSchema);
  if ('findings' in result) return { findings: result.findings.sort(compareFindings) };
  return { issue: Object.freeze({ ...result.data, document }) };
}

/**
 * Reads an issue from a file.
 * @param name the file as messages name it
 */
export async function readIssue(path: string, name: string): Promise<ParsedIssue> {
  try {
    return parseIssue(name, await readText(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const { line, rule, reason, hint } = error;
    const finding = {
      file: name,
      line,
      column: 1,
      severity: 'error',
      rule,
      message: reason,
    } as const;
    return { findings: [{ ...finding, ...(hint === undefined ? {} : { hint }) }] };
  }
}
