import { resolve } from 'node:path';
import type { Newsletter } from '../config/load.js';
import type { Environment } from '../platform/process.js';
import type { Transport } from './transport.js';

interface TransportKind {
  readonly name: string;
  /** Whether readers get what goes through it. */
  readonly live: boolean;
  /** @throws ObnError when its part of the configuration is not complete. */
  open(newsletter: Newsletter, env: Environment): Promise<Transport>;
}

/** Every way to send; a new one is its folder and an entry here. */
export const transportKinds = [
  {
    name: 'outbox',
    live: false,
    open: async ({ config, root }) => {
      const { Outbox } = await import('./outbox/outbox.js');
      return new Outbox(resolve(root, config.outbox.dir));
    },
  },
  {
    name: 'ses',
    live: true,
    open: async (newsletter, env) => {
      newsletter.need('ses');
      const { openSes } = await import('./ses/ses.js');
      return openSes({ ...newsletter.config.ses, tracking: newsletter.config.tracking }, env);
    },
  },
  {
    name: 'smtp',
    live: true,
    open: async (newsletter) => {
      newsletter.need('smtp');
      const { openSmtp } = await import('./smtp/smtp.js');
      return openSmtp(newsletter.config.smtp);
    },
  },
] as const satisfies readonly TransportKind[];

export type TransportName = (typeof transportKinds)[number]['name'];
