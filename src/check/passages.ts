import type { Issue } from '../issue/issue.js';
import type { Passage } from '../render/outline.js';
import type { RenderedIssue } from '../render/rendered.js';

/** Every text of an issue that readers see: title, subject, preheader and the sections. */
export function passagesOf(issue: Issue, { outline }: RenderedIssue): Passage[] {
  const head = (['title', 'subject', 'preheader'] as const).flatMap((field): Passage[] => {
    const text = issue[field];
    return text === undefined ? [] : [{ path: [field], offset: 0, text, kind: 'text' }];
  });
  return [...head, ...outline.passages];
}
