import type { Issue } from '../issue/issue.js';
import type { Passage } from '../render/outline.js';
import type { SourceLocation } from '../render/source-offset.js';
import { valueAt } from './value-at.js';

/** A part of a passage, and where it was written. */
export interface Found {
  readonly text: string;
  readonly at: SourceLocation;
  readonly passage: Passage;
}

/**
 * What a pattern matches in passages, in their order. Characters that a backslash keeps from being Markdown are not
 * written as readers see them, so they do not match.
 * @param pattern with the flag g; its first group, if it has one, is the part that is found
 */
export function* findInPassages(
  passages: readonly Passage[],
  issue: Issue,
  pattern: RegExp,
): Generator<Found> {
  for (const passage of passages) {
    const { path, snippet, offset } = passage;
    const source = snippet === undefined ? String(valueAt(issue, path) ?? '') : undefined;
    let from = offset;
    for (const match of passage.text.matchAll(pattern)) {
      const text = match[1] ?? match[0];
      if (source === undefined) yield { text, at: passage, passage };
      else {
        const found = source.indexOf(text, from);
        if (found < 0) continue;
        from = found + text.length;
        if (source[found - 1] === '\\') continue;
        yield { text, at: { path, offset: found }, passage };
      }
    }
  }
}
