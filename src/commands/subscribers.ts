import type { CommandGroup } from './command.js';

/** Each is loaded when it is called. A new one is its file and a line here. */
export const subscribers: CommandGroup = {
  commands: [
    {
      name: 'list',
      summary: 'show who gets the next issue, who not, and why',
      load: async () => (await import('./subscribers/list.js')).list,
    },
    {
      name: 'check',
      summary: 'find the rows that cannot be mailed',
      load: async () => (await import('./subscribers/check.js')).check,
    },
    {
      name: 'import',
      summary: 'take in the export of another platform, or another list',
      load: async () => (await import('./subscribers/import.js')).importList,
    },
    {
      name: 'export',
      summary: 'write everybody who can be mailed, as CSV or JSON',
      load: async () => (await import('./subscribers/export.js')).exportList,
    },
    {
      name: 'add',
      summary: 'put somebody on the list',
      load: async () => (await import('./subscribers/add.js')).add,
    },
    {
      name: 'remove',
      summary: 'take somebody off the list',
      load: async () => (await import('./subscribers/remove.js')).remove,
    },
    {
      name: 'suppress',
      summary: 'never mail an address again, whatever the list says',
      load: async () => (await import('./subscribers/suppress.js')).suppress,
    },
    {
      name: 'forget',
      summary: 'erase everything that is known of somebody',
      load: async () => (await import('./subscribers/forget.js')).forget,
    },
  ],
  examples: [
    ['obn subscribers list --segment aws', 'how many they are, and the first of them'],
    ['obn subscribers import export.csv', 'show what would change, ask, and change it'],
    ['obn subscribers forget ada@example.com', 'what the law calls erasure'],
  ],
};
