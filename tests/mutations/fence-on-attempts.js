/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'An answer is about its attempt. A late no must not end a newer attempt, which may have arrived. A yes always counts.',
  tests: ['tests/contracts/guards.test.ts'],
  mutations: [
    {
      name: 'SQLite: an answer of an older attempt counts',
      file: 'src/ledger/sqlite/statements.ts',
      find: "state <> 'accepted' and ((attempt = tried and state = 'claimed')",
      replace: "state <> 'accepted' and ((state = 'claimed')",
    },
    {
      name: 'PostgreSQL: an answer of an older attempt counts',
      file: 'src/ledger/postgres/statements.ts',
      find: "and ((delivery.attempt = answer.attempt and delivery.state = 'claimed')",
      replace: "and ((delivery.state = 'claimed')",
    },
    {
      name: 'SQLite: a late yes is lost',
      file: 'src/ledger/sqlite/statements.ts',
      find: "or (attempt > tried and outcome = 'accepted')\n",
      replace: '\n',
    },
    {
      name: 'PostgreSQL: a late yes is lost',
      file: 'src/ledger/postgres/statements.ts',
      find: "or (delivery.attempt > answer.attempt and answer.state = 'accepted')\n",
      replace: '\n',
    },
  ],
};
