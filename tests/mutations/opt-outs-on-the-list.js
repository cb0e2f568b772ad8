/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Somebody who opted out, on any row, is never mailed.',
  tests: ['tests/audience/select.test.ts'],
  mutations: [
    {
      name: 'an opt-out on a later row',
      file: 'src/audience/select.ts',
      find: 'if (later) return excluded(',
      replace: 'if (false) return excluded(',
    },
    {
      name: 'a suppression in the ledger',
      file: 'src/audience/select.ts',
      find: 'if (known) return excluded(',
      replace: 'if (false) return excluded(',
    },
    {
      name: 'a status that is not subscribed',
      file: 'src/audience/select.ts',
      find: "if (row.status !== 'subscribed') return excluded(",
      replace: 'if (false) return excluded(',
    },
    {
      name: 'an address that is on two rows',
      file: 'src/audience/select.ts',
      find: 'if (seen.has(row.key)) return excluded(',
      replace: 'if (false) return excluded(',
    },
    {
      name: 'a list that changes while it is read',
      file: 'src/audience/select.ts',
      find: 'if (fingerprint.digest() !== options.repeats.fingerprint) throw listChanged();',
      replace: '',
    },
  ],
};
