/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'A lost or older ledger does not know who has got the issue, and would send it to them again.',
  tests: ['tests/delivery/witness.test.ts'],
  mutations: [
    {
      name: 'an issue that the ledger does not know',
      file: 'src/delivery/witness.ts',
      find: "if (!send) return 'missing';",
      replace: 'if (!send) return undefined;',
    },
    {
      name: 'another send of the issue',
      file: 'src/delivery/witness.ts',
      find: "if (!isSameSend(send, witness)) return 'other';",
      replace: '',
    },
    {
      name: 'fewer retries',
      file: 'src/delivery/witness.ts',
      find: "if (send.retries < witness.retries) return 'behind';",
      replace: '',
    },
    {
      name: 'an earlier attempt',
      file: 'src/delivery/witness.ts',
      find: "if (known !== undefined && known < attempt) return 'behind';",
      replace: '',
    },
    {
      name: 'fewer that were handed over',
      file: 'src/delivery/witness.ts',
      find: '(await deliveries.handedOver(send.id)) + withdrawn < witness.handedOver',
      replace: 'false',
    },
  ],
};
