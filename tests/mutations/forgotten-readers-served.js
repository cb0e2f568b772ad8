/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Nothing is written down again of somebody who was erased and follows an old link.',
  tests: ['tests/serve/unsubscribe.test.ts'],
  mutations: [
    {
      name: 'unsubscribing writes the address down',
      file: 'src/serve/readers.ts',
      find: 'if (await this.isForgotten(key)) return;',
      replace: '',
    },
  ],
};
