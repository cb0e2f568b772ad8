import { z } from 'zod';
import { address } from '../../document/fields.js';
import { defineTransport } from '../kind.js';

export const smtp = defineTransport({
  name: 'smtp',
  summary: 'sends through an SMTP server',
  live: true,
  settings: { url: address.optional(), connections: z.number().int().min(1).max(100).default(10) },
  async open(settings) {
    const { openSmtp } = await import('./smtp.js');
    return openSmtp(settings);
  },
});
