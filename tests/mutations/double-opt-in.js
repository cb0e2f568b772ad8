/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'An old confirmation link brings nobody back who left after they asked for it.',
  tests: ['tests/serve/subscribe.test.ts'],
  mutations: [
    {
      name: 'an old link ends a newer opt-out',
      file: 'src/serve/readers.ts',
      find: 'if (!(await readers.unsuppress(gone, issuedAt))) return undefined;',
      replace: 'await readers.unsuppress(gone, clock.now());',
    },
    {
      name: 'a link works for ever',
      file: 'src/serve/readers.ts',
      find: 'return found && clock.now() - found.issuedAt <= config.serve.confirm_hours * HOUR_MS ? found : undefined;',
      replace: 'return found;',
    },
  ],
};
