import type { SourceDocument } from '../document/document.js';
import type { Position } from '../findings/finding.js';
import type { IssueSubject } from './rule.js';

/**
 * Where the subject of an issue is written: in the issue, or once for all in obn.yaml; where that only shows the title,
 * the title.
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
