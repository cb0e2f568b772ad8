/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A live send that starts over freezes the same readers a second time.',
  tests: ['tests/delivery/plan.test.ts'],
  mutations: [
    {
      name: 'a finished live send starts over',
      file: 'src/delivery/plan.ts',
      find: 'return { left, goesOn: live || left > 0 };',
      replace: 'return { left, goesOn: left > 0 };',
    },
  ],
};
