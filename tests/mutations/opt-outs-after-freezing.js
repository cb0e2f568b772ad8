/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'Somebody who opts out on the list while a send is paused is not mailed when it goes on.',
  tests: ['tests/delivery/list-opt-outs.test.ts'],
  mutations: [
    {
      name: 'opt-outs on the list',
      file: 'src/delivery/list-opt-outs.ts',
      find: 'else if (isOptOut(row.status)) optOuts.set(row.key, row.status);',
      replace: '',
    },
    {
      name: 'rows that cannot be read',
      file: 'src/delivery/list-opt-outs.ts',
      find: "optOuts.set(key, 'unclear');",
      replace: ';',
    },
  ],
};
