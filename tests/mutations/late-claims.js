/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'When a claim runs out, others may call it lost and a person may retry it: the reader would get two copies.',
  tests: ['tests/delivery/calls.test.ts'],
  mutations: [
    {
      name: 'isLate never says yes',
      file: 'src/delivery/calls.ts',
      find: 'return now > leaseUntil - LEASE_MARGIN_MS;',
      replace: 'return false;',
    },
    {
      name: 'no margin before the lease ends',
      file: 'src/delivery/calls.ts',
      find: 'return now > leaseUntil - LEASE_MARGIN_MS;',
      replace: 'return now > leaseUntil;',
    },
    {
      name: 'not asked before a message is written',
      file: 'src/delivery/calls.ts',
      find: 'if (isLate(claim, clock.now())) {',
      replace: 'if (false) {',
    },
    {
      name: 'not asked at the last moment',
      file: 'src/delivery/calls.ts',
      find: 'written.every(({ claim }) => !isLate(claim, clock.now()))',
      replace: 'written.length > 0',
    },
    {
      name: 'not asked before a split call is repeated',
      file: 'src/delivery/calls.ts',
      find: 'next.filter(({ claim }) => isLate(claim, clock.now()))',
      replace: 'next.filter(() => false)',
    },
  ],
};
