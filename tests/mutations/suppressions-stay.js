/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A complaint stays a complaint, and only what a reader may end is ended.',
  tests: ['tests/contracts/readers.test.ts'],
  mutations: [
    {
      name: 'SQLite: a complaint becomes an opt-out',
      file: 'src/ledger/sqlite/reader-sql.ts',
      find: "where suppression.reason = 'unsubscribed' and excluded.reason <> 'unsubscribed'`",
      replace: 'where true`',
    },
    {
      name: 'PostgreSQL: a complaint becomes an opt-out',
      file: 'src/ledger/postgres/reader-sql.ts',
      find: "where suppression.reason = 'unsubscribed' and excluded.reason <> 'unsubscribed'`",
      replace: 'where true`',
    },
    {
      name: 'SQLite: an older yes ends a newer no',
      file: 'src/ledger/sqlite/reader-sql.ts',
      find: 'where key = ? and since <= ? and reason',
      replace: 'where key = ? and ? is not null and reason',
    },
    {
      name: 'PostgreSQL: an older yes ends a newer no',
      file: 'src/ledger/postgres/reader-sql.ts',
      find: 'where key = $1 and since <= $2 and reason',
      replace: 'where key = $1 and $2::bigint is not null and reason',
    },
  ],
};
