/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A message whose answer is lost may have arrived. Only a person may send it again.',
  tests: ['tests/delivery/calls.test.ts'],
  mutations: [
    {
      name: 'a call that fails counts as not taken',
      file: 'src/delivery/calls.ts',
      find: "written.map(() => ({ kind: 'unknown', code: 'internal', reason: messageOf(error) }))",
      replace: "written.map(() => ({ kind: 'deferred', code: 'internal', reason: messageOf(error) }))",
    },
    {
      name: 'a message without an answer counts as not taken',
      file: 'src/delivery/calls.ts',
      find: "const nothing = { kind: 'unknown',",
      replace: "const nothing = { kind: 'deferred',",
    },
  ],
};
