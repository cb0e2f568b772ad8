/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A delivery in doubt that is claimed again reaches its reader twice.',
  tests: ['tests/contracts/guards.test.ts'],
  mutations: [
    {
      name: 'SQLite: what is unknown is claimed again',
      file: 'src/ledger/sqlite/statements.ts',
      find: "where send = ? and state = 'queued' and not_before <= ?",
      replace: "where send = ? and state in ('queued', 'unknown') and not_before <= ?",
    },
    {
      name: 'PostgreSQL: what is unknown is claimed again',
      file: 'src/ledger/postgres/statements.ts',
      find: "where send = $1 and state = 'queued' and not_before <= $2",
      replace: "where send = $1 and state in ('queued', 'unknown') and not_before <= $2",
    },
    {
      name: 'SQLite: a dead claim goes back into the queue',
      file: 'src/ledger/sqlite/statements.ts',
      find: "set state = 'unknown', code = 'interrupted', worker",
      replace: "set state = 'queued', code = 'interrupted', worker",
    },
    {
      name: 'PostgreSQL: a dead claim goes back into the queue',
      file: 'src/ledger/postgres/statements.ts',
      find: "set state = 'unknown', code = 'interrupted', worker",
      replace: "set state = 'queued', code = 'interrupted', worker",
    },
  ],
};
