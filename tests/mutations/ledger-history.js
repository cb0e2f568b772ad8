/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A new machine without the ledger would send an issue again that others have sent.',
  tests: ['tests/campaign/preconditions.test.ts'],
  mutations: [
    {
      name: 'a ledger without history sends any issue',
      file: 'src/campaign/preconditions.ts',
      find: 'if ((issue <= 1 && !due) || ',
      replace: 'if (!due || ',
    },
    {
      name: 'a run that nobody watches begins a ledger',
      file: 'src/campaign/preconditions.ts',
      find: 'if ((issue <= 1 && !due) || ',
      replace: 'if (issue <= 1 || ',
    },
  ],
};
