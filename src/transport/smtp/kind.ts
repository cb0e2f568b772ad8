import { z } from 'zod';
import { address } from '../../document/fields.js';
import { described } from '../../text/described.js';
import { defineTransport } from '../kind.js';

export const smtp = defineTransport({
  name: 'smtp',
  summary: 'sends through an SMTP server',
  live: true,
  settings: {
    url: address
      .optional()
      .meta(
        described(
          'The SMTP server, best from the environment.',
          `\${SMTP_URL}`,
          'smtps://user:password@smtp.example.com',
        ),
      ),
    connections: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(10)
      .meta(described('How many connections obn opens at most.', 10)),
  },
  async open(settings) {
    const { openSmtp } = await import('./smtp.js');
    return openSmtp(settings);
  },
});
