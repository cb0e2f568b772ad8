/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Somebody who unsubscribes while a send is under way is not mailed.',
  tests: ['tests/contracts/ledger.test.ts'],
  mutations: [
    {
      name: 'SQLite: the claim does not look',
      file: 'src/ledger/sqlite/statements.ts',
      find: '(select reason from suppression where suppression.key = delivery.key) as suppressed',
      replace: 'null as suppressed',
    },
    {
      name: 'PostgreSQL: the claim does not look',
      file: 'src/ledger/postgres/statements.ts',
      find: '(select reason from obn.suppression where suppression.key = delivery.key) as suppressed',
      replace: 'null::text as suppressed',
    },
    {
      name: 'SQLite: retries do not look',
      file: 'src/ledger/sqlite/statements.ts',
      find: "and state in ('rejected', 'unknown') and key not in (select key from suppression)`",
      replace: "and state in ('rejected', 'unknown')`",
    },
    {
      name: 'PostgreSQL: retries do not look',
      file: 'src/ledger/postgres/statements.ts',
      find: "const UNSUPPRESSED = 'not exists (select from obn.suppression where suppression.key = delivery.key)'",
      replace: "const UNSUPPRESSED = 'true'",
    },
  ],
};
