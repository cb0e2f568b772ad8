import { makeNewsletter } from '../support/newsletter.js';

/** An obn.yaml with only the required keys; `from` begins on line 4. */
export const BASE = `newsletter:
  name: N
  url: https://n.example
from: { name: Jane, email: jane@n.example }
`;

/** A folder with this obn.yaml and nothing else. */
export function folderWith(config: string): string {
  const none = {
    'issues/001-first.yaml': null,
    'issues/002-second.yaml': null,
    'subscribers.csv': null,
  };
  return makeNewsletter({ ...none, 'obn.yaml': config }).root;
}
