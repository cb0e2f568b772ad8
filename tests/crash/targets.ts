import { openNewsletter } from '../../src/config/load.js';
import type { TransportName } from '../../src/transport/names.js';
import { transportKinds } from '../../src/transport/table.js';
import { makeNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';
import type { Traffic } from './traffic.js';

/** A server that a process sends to, for one round. */
export interface Server {
  readonly env: Readonly<Record<string, string>>;
  /** Whose messages it took, once for each message. */
  taken(): string[];
  close(): Promise<void>;
}

/** A way to send that has to survive being killed. */
export interface Target {
  readonly name: string;
  readonly transport: TransportName;
  /** Merged into obn.yaml. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Several times what is in flight at once. */
  readonly readers: number;
  start(traffic: Traffic, latencyMs: number): Promise<Server>;
}

const ses = (mode: string) => ({ ses: { region: 'us-east-1', mode } });

export const targets = {
  'ses single': {
    name: 'ses single',
    transport: 'ses',
    config: ses('single'),
    readers: 200,
    start: startSes,
  },
  'ses bulk': { name: 'ses bulk', transport: 'ses', config: ses('bulk'), readers: 450, start: startSes },
  smtp: {
    name: 'smtp',
    transport: 'smtp',
    config: { smtp: { connections: 10 } },
    readers: 100,
    start: startSmtp,
  },
} as const satisfies Record<string, Target>;

/**
 * How many deliveries one process may have claimed and not settled when it is killed: what the transport holds at once.
 * The one place where this bound is stated.
 */
export async function mostInFlight({ transport, config }: Target): Promise<number> {
  const env = { SMTP_URL: 'smtp://127.0.0.1', OBN_SECRET: SECRET };
  const { root, remove } = makeNewsletter({}, { config, keep: true });
  const kind = transportKinds.find(({ name }) => name === transport);
  const opened = await kind?.open(await openNewsletter(root, env), env);
  if (!opened) throw new Error(`there is no transport "${transport}"`);
  await opened.close();
  remove();
  return opened.concurrency * opened.batch;
}

async function startSes(traffic: Traffic, latencyMs: number): Promise<Server> {
  const requests = new Map<number, string[]>();
  const endpoint = await startSesEndpoint({
    account: { maxSendRate: 100_000 },
    latencyMs,
    fault: ({ operation, index, to }) => {
      if (operation === 'GetAccount') return undefined;
      requests.set(index, [...(requests.get(index) ?? []), to]);
      traffic.note('arrived', to);
      return undefined;
    },
    onAnswered: ({ operation, index }) => {
      if (operation === 'GetAccount') return;
      for (const to of requests.get(index) ?? []) traffic.note('answered', to);
    },
  });
  const taken = () => endpoint.messages.map(({ to }) => to);
  return { env: endpoint.env, taken, close: () => endpoint.close() };
}

async function startSmtp(traffic: Traffic, latencyMs: number): Promise<Server> {
  const endpoint = await startSmtpEndpoint({
    latencyMs,
    fault: ({ stage, address }) => {
      if (stage === 'end') traffic.note('arrived', address);
      return undefined;
    },
    onAnswered: (to) => {
      for (const address of to) traffic.note('answered', address);
    },
  });
  const taken = () => endpoint.messages.flatMap(({ to }) => to);
  return { env: endpoint.env, taken, close: () => endpoint.close() };
}
