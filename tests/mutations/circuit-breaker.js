/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A provider that refuses everything must not use up the whole list.',
  tests: ['tests/delivery/circuit-breaker.test.ts'],
  mutations: [
    {
      name: 'a refusal does not stop the run',
      file: 'src/delivery/circuit-breaker.ts',
      find: "if (result.kind === 'refused') return words;",
      replace: "if (result.kind === 'refused') return undefined;",
    },
    {
      name: 'a row of failures does not stop the run',
      file: 'src/delivery/circuit-breaker.ts',
      find: 'if (this.row[result.kind] < MAX_IN_A_ROW[result.kind]) return undefined;',
      replace: 'if (this.row[result.kind] > 0) return undefined;',
    },
  ],
};
