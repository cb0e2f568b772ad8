/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A rehearsal that counts as sent means that no reader ever gets the issue.',
  tests: ['tests/delivery/state.test.ts'],
  mutations: [
    {
      name: 'a rehearsed issue is called sent',
      file: 'src/delivery/state.ts',
      find: "if (send.channel === 'rehearsal') return 'rehearsed';",
      replace: '',
    },
    {
      name: 'a rehearsal hides the live send',
      file: 'src/delivery/state.ts',
      find: "(await deliveries.find(issue, 'live')) ?? (await deliveries.find(issue, 'rehearsal'))",
      replace: "(await deliveries.find(issue, 'rehearsal')) ?? (await deliveries.find(issue, 'live'))",
    },
  ],
};
