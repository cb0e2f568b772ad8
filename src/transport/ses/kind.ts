import { z } from 'zod';
import { oneLine } from '../../document/fields.js';
import { described } from '../../text/described.js';
import { defineTransport } from '../kind.js';

export const ses = defineTransport({
  name: 'ses',
  summary: 'sends through Amazon SES',
  live: true,
  identities: true,
  settings: {
    region: oneLine
      .optional()
      .meta(described('The AWS region. Default: that of the environment.', 'eu-west-1')),
    configuration_set: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the name of a configuration set')
      .optional()
      .meta(described('The configuration set that each message names.', 'newsletter')),
    mode: z
      .enum(['single', 'bulk'])
      .default('single')
      .meta(described('One call per message, or one call for 50 messages.', 'single')),
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
