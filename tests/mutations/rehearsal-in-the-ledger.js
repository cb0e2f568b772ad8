/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A rehearsal that counts as sent means that no reader ever gets the issue.',
  tests: ['tests/contracts/guards.test.ts'],
  mutations: [
    {
      name: 'SQLite: a rehearsal is history',
      file: 'src/ledger/sqlite/statements.ts',
      find: "select 1 as one from send where channel = 'live' limit 1",
      replace: 'select 1 as one from send limit 1',
    },
    {
      name: 'PostgreSQL: a rehearsal is history',
      file: 'src/ledger/postgres/statements.ts',
      find: "select 1 as one from obn.send where channel = 'live' limit 1",
      replace: 'select 1 as one from obn.send limit 1',
    },
    {
      name: 'SQLite: a rehearsal is the last issue',
      file: 'src/ledger/sqlite/statements.ts',
      find: "select max(issue) as issue from send where channel = 'live'",
      replace: 'select max(issue) as issue from send',
    },
    {
      name: 'PostgreSQL: a rehearsal is the last issue',
      file: 'src/ledger/postgres/statements.ts',
      find: "select max(issue) as issue from obn.send where channel = 'live'",
      replace: 'select max(issue) as issue from obn.send',
    },
  ],
};
