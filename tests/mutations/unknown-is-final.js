/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A delivery in doubt that obn itself puts back into the queue reaches readers twice.',
  tests: ['tests/delivery/retry.test.ts'],
  mutations: [
    {
      name: 'an unknown answer is tried again',
      file: 'src/delivery/retry.ts',
      find: "if (result.kind !== 'deferred') return { sequence, attempt, state: result.kind, code, reason };",
      replace:
        "if (result.kind === 'unknown') return { sequence, attempt, state: 'queued', tries, notBefore: 0, code, reason };\n  if (result.kind !== 'deferred') return { sequence, attempt, state: result.kind, code, reason };",
    },
  ],
};
