import { z } from 'zod';
import { oneLine } from '../../document/fields.js';
import { defineTransport } from '../kind.js';

export const ses = defineTransport({
  name: 'ses',
  summary: 'sends through Amazon SES',
  live: true,
  identities: true,
  settings: {
    region: oneLine.optional(),
    configuration_set: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the name of a configuration set')
      .optional(),
    mode: z.enum(['single', 'bulk']).default('single'),
  },
  async clockUrl(settings, env) {
    const { regionOf } = await import('./ses.js');
    const own = env.AWS_ENDPOINT_URL_SESV2 ?? env.AWS_ENDPOINT_URL;
    return own ?? `https://email.${regionOf(settings, env)}.amazonaws.com`;
  },
  async open(settings, { config }, env) {
    const { openSes } = await import('./ses.js');
    return openSes({ ...settings, tracking: config.tracking }, env);
  },
});
