/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Somebody who is erased while the list is read is not mailed.',
  tests: ['tests/ledger/freeze.test.ts'],
  mutations: [
    {
      name: 'SQLite: nobody looks',
      file: 'src/ledger/sqlite/freeze.ts',
      find: 'if (forgottenMark(database) !== forgotten) throw forgottenMeanwhile();',
      replace: '',
    },
  ],
};
