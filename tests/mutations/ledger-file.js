/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'SQLite goes on with a file that was removed or replaced, and nobody finds it again.',
  tests: ['tests/ledger/file-identity.test.ts'],
  mutations: [
    {
      name: 'the files are not compared',
      file: 'src/ledger/sqlite/file-identity.ts',
      find: 'if (what === undefined) return;',
      replace: 'return;',
    },
  ],
};
