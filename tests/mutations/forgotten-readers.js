/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Somebody who asked to be erased is never mailed again, although no address of theirs is left.',
  tests: ['tests/delivery/readers.test.ts'],
  mutations: [
    {
      name: 'their hashes are not looked up',
      file: 'src/delivery/suppressed.ts',
      find: 'forgotten?.forms(key) ?? []',
      replace: '[]',
    },
  ],
};
