/** @type {import('../../scripts/mutation/guard.js').Guard} */
export default {
  why: 'After the final dot an SMTP server may have taken the message, whatever breaks then.',
  tests: ['tests/transport/smtp-final-dot.test.ts'],
  mutations: [
    {
      name: 'a connection that breaks after the final dot',
      file: 'src/transport/smtp/answers.ts',
      find: "if (stage === 'after-dot') return { kind: 'unknown', code, reason };\n  return { kind: 'deferred', code, reason, ...(",
      replace: "return { kind: 'deferred', code, reason, ...(",
    },
    {
      name: 'words that are no reply after the final dot',
      file: 'src/transport/smtp/answers.ts',
      find: "if (stage === 'after-dot') return { kind: 'unknown', code, reason };\n  return { kind: 'deferred', code, reason, about: 'connection' };",
      replace: "return { kind: 'deferred', code, reason, about: 'connection' };",
    },
    {
      name: 'anything is a yes',
      file: 'src/transport/smtp/connection.ts',
      find: 'if (isYes(response))',
      replace: 'if (true)',
    },
  ],
};
