import { vi } from 'vitest';
import { openNewsletter } from '../../src/config/load.js';
import { examine, type Result } from '../../src/doctor/examine.js';
import type { ExaminedNewsletter } from '../../src/doctor/examined-newsletter.js';
import { openLedger } from '../../src/ledger/table.js';
import { systemClock } from '../../src/platform/clock.js';
import { openNameServer } from '../../src/platform/name-server.js';
import { whenTestFinished } from '../support/finished.js';
import { type NameServerEndpoint, startNameServer } from '../support/name-server.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';
import { HEALTHY_IDENTITY } from '../support/ses/identities.js';
import { type SesEndpoint, startSesEndpoint } from '../support/ses-endpoint.js';
import { answer, startWebServer } from '../support/web-server.js';

/** A newsletter, and all servers that `obn doctor` queries about it. */
export interface World {
  readonly newsletter: TestNewsletter;
  readonly ses: SesEndpoint;
  readonly names: NameServerEndpoint;
  /** Requests to the unsubscribe endpoint. */
  readonly asked: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The domain of the newsletter. */
export const DOMAIN = 'weekly.example.com';

/** A world in which all is as it should be, for a newsletter that is sent through Amazon SES. */
export async function healthyWorld(config: Readonly<Record<string, unknown>> = {}): Promise<World> {
  const [ses, names, web] = await Promise.all([startSesEndpoint(), startNameServer(), unsubscribeEndpoint()]);
  const newsletter = makeNewsletter(
    {},
    {
      config: {
        audience: { ledger: true },
        ses: { configuration_set: 'weekly' },
        send: { transport: 'ses' },
        unsubscribe: { url: `${web.url}/unsubscribe` },
        ...config,
      },
    },
  );
  ses.configurationSets.set('weekly', { sending: true });
  const mailFrom = { domain: `mail.${DOMAIN}`, status: 'SUCCESS' } as const;
  ses.identities.set(DOMAIN, { ...HEALTHY_IDENTITY, mailFrom });
  for (const token of HEALTHY_IDENTITY.tokens) {
    names.zone.set(`${token}._domainkey.${DOMAIN}`, { CNAME: `${token}.dkim.amazonses.com` });
  }
  names.zone.set(`mail.${DOMAIN}`, {
    TXT: ['v=spf1 include:amazonses.com ~all', 'something else'],
    MX: [[10, 'feedback-smtp.us-east-1.amazonses.com']],
  });
  names.zone.set(`_dmarc.${DOMAIN}`, { TXT: ['v=DMARC1; p=quarantine; rua=mailto:d@example.com'] });
  const env = { ...ses.env, OBN_SECRET: SECRET, SMTP_URL: 'smtp://127.0.0.1:1' };
  return { newsletter, ses, names, asked: web.requests, env };
}

async function unsubscribeEndpoint() {
  const web = await startWebServer({
    '/unsubscribe': (request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        const form = request.headers['content-type'] === 'application/x-www-form-urlencoded';
        const right = request.method === 'POST' && form && body === 'List-Unsubscribe=One-Click';
        response.writeHead(right ? 200 : 400).end();
      });
    },
    '/moved': answer(302, { location: '/unsubscribe' }),
    '/private': answer(403),
    '/page': answer(405),
    '/broken': answer(500),
  });
  whenTestFinished(() => void web[Symbol.asyncDispose]());
  return web;
}

/** What a doctor finds, by name. */
export async function visit(
  { newsletter: { root, path }, names, env }: World,
  changes: Partial<ExaminedNewsletter> & { offline?: boolean } = {},
): Promise<Record<string, Result>> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const newsletter = await openNewsletter(root, env);
  const { transport } = newsletter.config.send;
  const patient: ExaminedNewsletter = {
    ...{ newsletter, env, clock: systemClock, transport, selectors: [] },
    names: openNameServer(names.address),
    secrets: newsletter.has('unsubscribe') ? [SECRET] : [],
    ledgerFile: () => path('.obn/ledger.db'),
    openLedger: () => openLedger('sqlite:.obn/ledger.db', root, { create: false }),
    countReaders: async () => 5,
    ...changes,
  };
  const results = await examine(patient, { offline: changes.offline ?? false });
  vi.unstubAllEnvs();
  return Object.fromEntries(results.map((result) => [result.name, result]));
}

/** The names of those that came to this. */
export function namesOf(results: Record<string, Result>, state: Result['state']): string[] {
  return Object.keys(results).filter((name) => results[name]?.state === state);
}
