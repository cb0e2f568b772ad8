/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Only the claims of the worker that died are in doubt.',
  tests: ['tests/contracts/ledger.test.ts'],
  mutations: [
    {
      name: 'SQLite: the claims of everybody',
      file: 'src/ledger/sqlite/statements.ts',
      find: "where send = ? and state = 'claimed' and worker = ?`;\n\n/** The deliveries that may",
      replace: "where send = ? and state = 'claimed' and ? is not null`;\n\n/** The deliveries that may",
    },
    {
      name: 'PostgreSQL: the claims of everybody',
      file: 'src/ledger/postgres/statements.ts',
      find: 'and worker = any($3::text[])`',
      replace: 'and $3::text[] is not null`',
    },
  ],
};
