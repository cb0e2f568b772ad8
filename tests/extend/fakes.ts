/** A transport, a ledger and a rule that obn does not have: each is one file, and one entry in its table. */
export const FAKES = {
  'src/transport/pigeon/kind.ts': `
    import { oneLine } from '../../document/fields.js';
    import { defineTransport } from '../kind.js';

    export const pigeon = defineTransport({
      name: 'pigeon',
      summary: 'sends pigeons',
      live: true,
      settings: { loft: oneLine.default('roof') },
      open: async ({ loft }) => ({
        concurrency: 1,
        batch: 1,
        limits: async () => ({}),
        send: async (messages) =>
          messages.map(({ to }) =>
            to.startsWith('ada') ? { kind: 'rejected', code: 'hawk', reason: \`near the \${loft}\` } : { kind: 'accepted', messageId: to },
          ),
        close: async () => undefined,
      }),
    });
  `,
  'src/ledger/cellar/kind.ts': `
    import type { LedgerKind } from '../kind.js';
    import { sqlite } from '../sqlite/kind.js';

    const plain = (url: string) => url.replace('cellar:', 'sqlite:');

    export const cellar: LedgerKind = {
      name: 'cellar',
      schemes: ['cellar:'],
      file: (url, root) => sqlite.file?.(plain(url), root) ?? root,
      open: (url, root, options) => sqlite.open(plain(url), root, options),
    };
  `,
  'src/check/rules/llama.ts': `
    import type { NewsletterRule } from '../rule.js';

    export const llama: NewsletterRule = {
      name: 'fake/llama',
      severity: 'warning',
      summary: 'a newsletter about llamas',
      remedy: 'write about alpacas',
      bad: { config: 'subject: Llamas', at: 'Llamas' },
      good: { config: 'subject: Alpacas' },
      *check({ newsletter: { config, document } }) {
        if (config.subject.includes('Llamas')) yield { at: document.at(['subject']), message: 'llamas again' };
      },
    };
  `,
} as const;

/** The line that puts each into its table, after the text that comes before it. */
export const ENTRIES = [
  ['src/transport/table.ts', "from './pigeon/kind.js'", 'pigeon', 'const kinds = ['],
  ['src/ledger/table.ts', "from './cellar/kind.js'", 'cellar', 'ledgerKinds: readonly LedgerKind[] = ['],
  [
    'src/check/table.ts',
    "from './rules/llama.js'",
    'llama',
    'newsletterRules: readonly NewsletterRule[] = [',
  ],
] as const;
