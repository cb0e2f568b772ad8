/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'What a dead process had in flight is in doubt, and what a living one has in flight is not.',
  tests: ['tests/delivery/resume.test.ts'],
  mutations: [
    {
      name: 'a lease never runs out',
      file: 'src/delivery/resume.ts',
      find: 'leaseUntil < now || !mayBeRunning(worker)',
      replace: '!mayBeRunning(worker)',
    },
    {
      name: 'a process that is gone keeps its claims',
      file: 'src/delivery/resume.ts',
      find: 'leaseUntil < now || !mayBeRunning(worker)',
      replace: 'leaseUntil < now',
    },
    {
      name: 'the claims of the living are given up, too',
      file: 'src/delivery/resume.ts',
      find: 'holders.filter(({ worker, leaseUntil }) => leaseUntil < now || !mayBeRunning(worker))',
      replace: 'holders',
    },
  ],
};
