/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Only what a person has approved goes out, to whom they have approved it.',
  tests: ['tests/delivery/approval.test.ts'],
  mutations: [
    {
      name: 'another content',
      file: 'src/delivery/approval.ts',
      find: "(['content', 'audience'] as const).filter(",
      replace: "(['audience'] as const).filter(",
    },
    {
      name: 'another audience',
      file: 'src/delivery/approval.ts',
      find: "(['content', 'audience'] as const).filter(",
      replace: "(['content'] as const).filter(",
    },
    {
      name: 'another picture',
      file: 'src/delivery/approval.ts',
      find: 'pictures: Object.fromEntries(pictures)',
      replace: 'pictures: {}',
    },
    {
      name: 'another message',
      file: 'src/delivery/approval.ts',
      find: 'digestOf({ message: messageDigest(message), pictures',
      replace: "digestOf({ message: '', pictures",
    },
  ],
};
