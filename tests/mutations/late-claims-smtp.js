/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Connecting may take minutes. A claim that ran out meanwhile must not be handed over.',
  tests: ['tests/transport/smtp-final-dot.test.ts'],
  mutations: [
    {
      name: 'not asked before the final dot',
      file: 'src/transport/smtp/connection.ts',
      find: 'givenUp = !mayGo();',
      replace: 'givenUp = false;',
    },
  ],
};
