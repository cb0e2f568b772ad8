/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Only what a person has agreed to goes back into the queue, and only once.',
  tests: ['tests/contracts/ledger.test.ts'],
  mutations: [
    {
      name: 'SQLite: more than was agreed to',
      file: 'src/ledger/sqlite/delivery-store.ts',
      find: 'if (states.some((state) => there[state] !== wanted[state])) return false;',
      replace: '',
    },
    {
      name: 'PostgreSQL: more than was agreed to',
      file: 'src/ledger/postgres/delivery-store.ts',
      find: 'if ((await session.run(sql.REQUEUE, id, now, state)) !== wanted[state]) throw new Undone();',
      replace: 'await session.run(sql.REQUEUE, id, now, state);',
    },
    {
      name: 'SQLite: twice for one yes',
      file: 'src/ledger/sqlite/statements.ts',
      find: "where id = ? and retries = ?'",
      replace: "where id = ? and ? is not null'",
    },
    {
      name: 'PostgreSQL: twice for one yes',
      file: 'src/ledger/postgres/statements.ts',
      find: "where id = $1 and retries = $2'",
      replace: "where id = $1 and $2::int is not null'",
    },
  ],
};
