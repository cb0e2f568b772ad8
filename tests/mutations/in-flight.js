/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'What is in flight is in doubt after a crash, and what goes out before the pace is known breaks the rate.',
  tests: ['tests/delivery/in-flight.test.ts'],
  mutations: [
    {
      name: 'waitsForFirst: the first call is not waited for',
      file: 'src/delivery/in-flight.ts',
      find: 'if (this.calls.isWaiting || this.waitsForFirst()) return 0;',
      replace: 'if (this.calls.isWaiting) return 0;',
    },
    {
      name: 'waitsForFirst: the first call is waited for without end',
      file: 'src/delivery/in-flight.ts',
      find: 'return this.options.clock.steady() - this.firstAt < FIRST_CALL_MS;',
      replace: 'return true;',
    },
    {
      name: 'new messages overtake a split call',
      file: 'src/delivery/in-flight.ts',
      find: 'if (this.calls.isWaiting || this.waitsForFirst()) return 0;',
      replace: 'if (this.waitsForFirst()) return 0;',
    },
    {
      name: 'more in flight than half a second takes',
      file: 'src/delivery/in-flight.ts',
      find: 'return batch * Math.min(concurrency, Math.max(MIN_CALLS, Math.ceil((IN_FLIGHT_SECONDS * rate) / batch)));',
      replace: 'return batch * concurrency;',
    },
    {
      name: 'the limit of a person does not count',
      file: 'src/delivery/in-flight.ts',
      find: 'Math.min(free, limit - this.taken)',
      replace: 'free',
    },
    {
      name: 'a worker that was away goes on at its old share',
      file: 'src/delivery/in-flight.ts',
      find: 'if (wasAway && (workers > 1 || !isNew))',
      replace: 'if (false)',
    },
  ],
};
