import { parseSource, type SourceDocument } from '../document/document.js';
import { validate } from '../document/validate.js';
import type { Finding } from '../findings/finding.js';
import { readText } from '../platform/files.js';
import { type IssueData, issueSchema } from './schema.js';

/** An issue that was read and checked; frozen data that nothing changes any more. */
export interface Issue extends Readonly<IssueData> {
  readonly document: SourceDocument;
}

export type ParsedIssue = { readonly issue: Issue } | { readonly findings: readonly Finding[] };

/** Reads an issue from its text; every finding at once. */
export function parseIssue(file: string, text: string): ParsedIssue {
  const document = parseSource(file, text);
  if (document.findings.length > 0) return { findings: document.findings };
  const result = validate(document, issueSchema);
  if ('findings' in result) return result;
  return { issue: Object.freeze({ ...result.data, document }) };
}

/**
 * Reads an issue from a file.
 * @param name the file as messages name it.
 */
export async function readIssue(path: string, name: string): Promise<ParsedIssue> {
  return parseIssue(name, await readText(path));
}
