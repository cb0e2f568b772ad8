/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A late no of an older attempt must not end a newer one, and a no never hides a doubt.',
  tests: ['tests/contracts/doubts.test.ts'],
  mutations: [
    {
      name: 'SQLite: a late no is about the newest attempt',
      file: 'src/ledger/sqlite/statements.ts',
      find: 'const LATEST = `attempt = tried and state',
      replace: 'const LATEST = `state',
    },
    {
      name: 'PostgreSQL: a late no is about the newest attempt',
      file: 'src/ledger/postgres/statements.ts',
      find: 'const LATEST = `delivery.attempt = answer.attempt and delivery.state',
      replace: 'const LATEST = `delivery.state',
    },
    {
      name: 'SQLite: a no hides an attempt in doubt',
      file: 'src/ledger/sqlite/statements.ts',
      find: "case when outcome = 'rejected' and ${OTHERS} is not null then 'unknown' else outcome end",
      replace: 'outcome',
    },
    {
      name: 'PostgreSQL: a no hides an attempt in doubt',
      file: 'src/ledger/postgres/statements.ts',
      find: "case when answer.state = 'rejected' and ${OTHERS} is not null then 'unknown' else answer.state end",
      replace: 'answer.state',
    },
  ],
};
