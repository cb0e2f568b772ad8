import type { SourceDocument } from '../document/document.js';
import type { Position } from '../findings/finding.js';
import type { SourceLocation } from '../render/source-offset.js';

/** The position of a place in the file. */
export function positionIn(document: SourceDocument, at: Position | SourceLocation): Position {
  return 'path' in at ? document.inText(at.path, at.offset) : at;
}

/** The message about a place, with the snippet that has to be fixed. */
export function wordsAt(at: Position | SourceLocation, message: string): string {
  return 'path' in at && at.snippet !== undefined ? `${message} (in snippets/${at.snippet}.md)` : message;
}
