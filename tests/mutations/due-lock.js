/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Two runs of --due at once would report half of the truth each.',
  tests: ['tests/delivery/lock.test.ts'],
  mutations: [
    {
      name: 'a lock that another has',
      file: 'src/delivery/lock.ts',
      find: 'if (hold.holder !== holder) return { heldBy: hold };',
      replace: '',
    },
    {
      name: 'a lock is not renewed',
      file: 'src/delivery/lock.ts',
      find: 'const stop = renewing(clock, take);',
      replace: 'const stop = async () => undefined;',
    },
    {
      name: 'a dead process keeps its lock',
      file: 'src/delivery/lock.ts',
      find: 'if (!mayBeRunning(hold.holder)) {',
      replace: 'if (false) {',
    },
  ],
};
