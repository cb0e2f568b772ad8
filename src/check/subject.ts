import type { SourceDocument } from '../document/document.js';
import type { Position } from '../findings/finding.js';
import type { IssueSubject } from './rule.js';

/**
 * The place of the subject: in the issue, or in obn.yaml for all issues. If obn.yaml uses the title, the place of the
 * title.
 */
export function subjectPlace({ issue, newsletter }: Pick<IssueSubject, 'issue' | 'newsletter'>): {
  readonly in: SourceDocument;
  readonly at: Position;
} {
  const { document } = issue;
  if (issue.subject !== undefined) return { in: document, at: document.at(['subject']) };
  const showsTitle = /\{\{\s*issue\.title\s*\}\}/.test(newsletter.config.subject);
  return showsTitle
    ? { in: document, at: document.at(['title']) }
    : { in: newsletter.document, at: newsletter.document.at(['subject']) };
}
