import { type CommandGroup, entry } from './command.js';

/** The commands about the list. Each is loaded when it is called. */
export const subscribers: CommandGroup = {
  commands: [
    entry(
      'list',
      'show who gets the next issue, and who does not and why',
      () => import('./subscribers/list.js'),
    ),
    entry('check', 'find rows that cannot be mailed', () => import('./subscribers/check.js')),
    entry(
      'import',
      'import an export from another platform, or another list',
      () => import('./subscribers/import.js'),
    ),
    entry(
      'export',
      'export everyone who can be mailed, as CSV or JSON',
      () => import('./subscribers/export.js'),
    ),
    entry('add', 'add a subscriber', () => import('./subscribers/add.js')),
    entry('remove', 'remove a subscriber', () => import('./subscribers/remove.js')),
    entry(
      'suppress',
      'never mail an address again, even if it is on the list',
      () => import('./subscribers/suppress.js'),
    ),
    entry('forget', 'erase all data about a person', () => import('./subscribers/forget.js')),
  ],
  examples: [
    ['obn subscribers list --segment aws', 'count a segment, and show its first subscribers'],
    ['obn subscribers import export.csv', 'show what would change, ask, then change it'],
    ['obn subscribers forget ada@example.com', 'erasure as the GDPR requires it'],
  ],
};
