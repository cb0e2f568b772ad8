/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A ledger that was replaced by an older copy gives out readers again who have got the issue.',
  tests: ['tests/delivery/handover.test.ts'],
  mutations: [
    {
      name: 'an attempt may come twice',
      file: 'src/delivery/handover.ts',
      find: 'if (attempt <= this.attemptOf(sequence)) throw goneBack();',
      replace: '',
    },
    {
      name: 'first attempts may go back',
      file: 'src/delivery/handover.ts',
      find: 'if (isBehind && this.deliveries.claimsInOrder) throw goneBack();',
      replace: '',
    },
    {
      name: 'earlier witnesses are not read',
      file: 'src/delivery/handover.ts',
      find: 'this.reached = Math.max(0, ...same.map(({ reached }) => reached));',
      replace: 'this.reached = 0;',
    },
    {
      name: 'the last claim is not looked up',
      file: 'src/delivery/handover.ts',
      find: 'if (known !== undefined) throw goneBack();',
      replace: '',
    },
    {
      name: 'another send takes the place of the send',
      file: 'src/delivery/handover.ts',
      find: 'if (!now || now.id !== send.id || now.createdAt !== send.createdAt) throw goneBack();',
      replace: 'if (!now) throw goneBack();',
    },
    {
      name: 'two ledgers send one issue',
      file: 'src/delivery/handover.ts',
      find: 'if (!other) return;',
      replace: 'return;',
    },
    {
      name: 'the witness is not kept up to date',
      file: 'src/delivery/handover.ts',
      find: 'this.last = [sequence, attempt];',
      replace: '',
    },
  ],
};
