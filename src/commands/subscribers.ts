import { type CommandGroup, entry } from './command.js';

/** Each is loaded when it is called. A new one is its file and a line here. */
export const subscribers: CommandGroup = {
  commands: [
    entry('list', 'show who gets the next issue, who not, and why', () => import('./subscribers/list.js')),
    entry('check', 'find the rows that cannot be mailed', () => import('./subscribers/check.js')),
    entry(
      'import',
      'take in the export of another platform, or another list',
      () => import('./subscribers/import.js'),
    ),
    entry(
      'export',
      'write everybody who can be mailed, as CSV or JSON',
      () => import('./subscribers/export.js'),
    ),
    entry('add', 'put somebody on the list', () => import('./subscribers/add.js')),
    entry('remove', 'take somebody off the list', () => import('./subscribers/remove.js')),
    entry(
      'suppress',
      'never mail an address again, whatever the list says',
      () => import('./subscribers/suppress.js'),
    ),
    entry('forget', 'erase everything that is known of somebody', () => import('./subscribers/forget.js')),
  ],
  examples: [
    ['obn subscribers list --segment aws', 'how many they are, and the first of them'],
    ['obn subscribers import export.csv', 'show what would change, ask, and change it'],
    ['obn subscribers forget ada@example.com', 'what the law calls erasure'],
  ],
};
