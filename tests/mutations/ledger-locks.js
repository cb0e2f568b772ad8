/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'One run has a lock, until it gives it back or its lease ends.',
  tests: ['tests/contracts/ledger.test.ts'],
  mutations: [
    {
      name: 'SQLite: anybody takes it',
      file: 'src/ledger/sqlite/lock-store.ts',
      find: 'where lock.holder = excluded.holder or lock.lease_until <= ?',
      replace: 'where lock.holder = excluded.holder or ? is not null',
    },
    {
      name: 'PostgreSQL: anybody takes it',
      file: 'src/ledger/postgres/lock-store.ts',
      find: 'where lock.holder = excluded.holder or lock.lease_until <= $4',
      replace: 'where lock.holder = excluded.holder or $4::bigint is not null',
    },
  ],
};
