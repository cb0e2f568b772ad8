import type { SourceDocument } from '../document/document.js';
import type { Position } from '../findings/finding.js';
import type { SourceLocation } from '../render/source-offset.js';

/** Where in a file a place is. */
export function positionIn(document: SourceDocument, at: Position | SourceLocation): Position {
  return 'path' in at ? document.inText(at.path, at.offset) : at;
}

/** What is said of a place, and in which snippet it is to be mended. */
export function wordsAt(at: Position | SourceLocation, message: string): string {
  return 'path' in at && at.snippet !== undefined ? `${message} (in snippets/${at.snippet}.md)` : message;
}
