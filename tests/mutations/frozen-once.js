/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'An issue that is frozen a second time goes to everybody again.',
  tests: ['tests/contracts/guards.test.ts'],
  mutations: [
    {
      name: 'SQLite: a finished live send is replaced',
      file: 'src/ledger/sqlite/freeze.ts',
      find: "if (!before || channel === 'live') return before;",
      replace: 'if (!before) return before;',
    },
    {
      name: 'PostgreSQL: a finished live send is replaced',
      file: 'src/ledger/postgres/freeze.ts',
      find: "if (channel === 'live') return false;",
      replace: '',
    },
  ],
};
