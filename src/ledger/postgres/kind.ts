import type { LedgerKind } from '../kind.js';

export const postgres: LedgerKind = {
  name: 'postgres',
  schemes: ['postgres://', 'postgresql://'],
  async open(url, root, options) {
    const { openPostgres } = await import('./open.js');
    return openPostgres(url, root, options);
  },
};
