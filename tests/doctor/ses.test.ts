import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { HEALTHY_IDENTITY } from '../support/ses/identities.js';
import { DOMAIN, healthyWorld, namesOf, visit, type World } from './world.js';

const ALL = [
  ...['node', 'configuration', 'clock', 'ledger', 'confirmed', 'files'],
  ...['ses/account', 'ses/sandbox', 'ses/quota', 'ses/identity'],
  ...[
    'ses/dkim',
    'ses/mail-from',
    'ses/configuration-set',
    'dns/spf',
    'dns/dkim',
    'dns/dmarc',
    'dns/alignment',
  ],
  ...['dns/mail-from', 'unsubscribe'],
];

it('passes for a healthy newsletter', async () => {
  const world = await healthyWorld();
  const results = await visit(world);
  expect(namesOf(results, 'passed')).toEqual(ALL);
  expect(world.asked.filter((one) => one.startsWith('POST /unsubscribe?token=1'))).toHaveLength(1);
  expect(world.ses.requests).toMatchObject({ GetAccount: 1, SendEmail: 0, SendBulkEmail: 0 });
});

const MAIL_FROM = `mail.${DOMAIN}`;
const DKIM = `token2._domainkey.${DOMAIN}`;
const identity = ({ ses }: World) => ses.identities.get(DOMAIN) ?? HEALTHY_IDENTITY;
const set = (world: World, changes: Partial<typeof HEALTHY_IDENTITY>) =>
  world.ses.identities.set(DOMAIN, { ...identity(world), ...changes });
const denied = (operation: string) => ({
  ...{ status: 403, type: 'AccessDeniedException', message: `not authorized to perform ses:${operation}` },
});

/** What is changed; what fails then, with its words and remedy; what cannot be looked at any more. */
type Illness = readonly [
  name: string,
  fall: (world: World) => unknown,
  failed: Readonly<Record<string, RegExp>>,
  skipped?: readonly string[],
];

const OF_IDENTITY = ['ses/dkim', 'ses/mail-from', 'dns/spf', 'dns/dkim', 'dns/alignment', 'dns/mail-from'];

const illnesses: readonly Illness[] = [
  [
    'sending is paused',
    ({ ses }) => Object.assign(ses.account, { sendingEnabled: false }),
    { 'ses/account': /sending is paused in us-east-1/ },
  ],
  [
    'the account may send nothing',
    ({ ses }) => Object.assign(ses.account, { maxSendRate: 0 }),
    { 'ses/account': /may send 0 messages\/s/ },
  ],
  [
    'the account is in the sandbox',
    ({ ses }) => Object.assign(ses.account, { productionAccess: false }),
    { 'ses/sandbox': /only verified addresses.*request production access/s },
  ],
  [
    'the quota is smaller than the list',
    ({ ses }) => Object.assign(ses.account, { max24HourSend: 200, sentLast24Hours: 197 }),
    { 'ses/quota': /3 of 200 left, but the list has 5 readers.*--limit/s },
  ],
  [
    'the role may not read the account',
    ({ ses }) => ses.fault(({ operation }) => (operation === 'GetAccount' ? denied(operation) : undefined)),
    { 'ses/account': /the role needs ses:GetAccount/ },
    ['ses/sandbox', 'ses/quota'],
  ],
  [
    'the role may not read identities',
    ({ ses }) =>
      ses.fault(({ operation }) => (operation === 'GetEmailIdentity' ? denied(operation) : undefined)),
    { 'ses/identity': /the role needs ses:GetEmailIdentity/ },
    OF_IDENTITY,
  ],
  [
    'there is no identity for the domain',
    ({ ses }) => ses.identities.clear(),
    { 'ses/identity': /no identity for jane@weekly\.example\.com.*verify the domain weekly\.example\.com/s },
    OF_IDENTITY,
  ],
  [
    'the domain is not verified',
    (world) => set(world, { verified: false }),
    { 'ses/identity': /weekly\.example\.com is not verified in us-east-1/ },
  ],
  [
    'email is not signed',
    (world) => set(world, { signing: false }),
    { 'ses/dkim': /is not signed.*turn on DKIM/s },
  ],
  ['the keys are not found', (world) => set(world, { dkimStatus: 'PENDING' }), { 'ses/dkim': /is PENDING/ }],
  [
    'the MAIL FROM domain has failed',
    (world) => set(world, { mailFrom: { domain: MAIL_FROM, status: 'FAILED' } }),
    { 'ses/mail-from': /mail\.weekly\.example\.com is FAILED/ },
  ],
  [
    'the configuration set is gone',
    ({ ses }) => ses.configurationSets.clear(),
    { 'ses/configuration-set': /no configuration set weekly in us-east-1/ },
  ],
  [
    'the configuration set is paused',
    ({ ses }) => ses.configurationSets.set('weekly', { sending: false }),
    { 'ses/configuration-set': /paused for weekly/ },
  ],
  [
    'the MAIL FROM domain has no records',
    ({ names }) => names.zone.delete(MAIL_FROM),
    {
      'dns/spf': /mail\.weekly\.example\.com has no SPF record.*v=spf1 include:amazonses\.com ~all/s,
      'dns/mail-from': /no MX record.*10 feedback-smtp\.us-east-1\.amazonses\.com/s,
    },
  ],
  [
    'SPF allows other servers, and the MX record points elsewhere',
    ({ names }) =>
      names.zone.set(MAIL_FROM, { TXT: ['v=spf1 include:example.org -all'], MX: [[10, 'mx.example.org']] }),
    {
      'dns/spf': /does not allow your mail server.*add include:amazonses\.com/s,
      'dns/mail-from': /goes to mx\.example\.org/,
    },
  ],
  [
    'one key is missing and another is wrong',
    ({ names }) => {
      names.zone.delete(DKIM);
      names.zone.set(`token1._domainkey.${DOMAIN}`, { CNAME: 'token1.dkim.example.org' });
    },
    {
      'dns/dkim':
        /is missing 2 of 3 keys.*token1\S+ CNAME .*currently token1\.dkim\.example\.org.*token2\S+ CNAME/s,
    },
  ],
  [
    'there is no policy',
    ({ names }) => names.zone.delete(`_dmarc.${DOMAIN}`),
    { 'dns/dmarc': /has no DMARC record.*v=DMARC1; p=none/s },
    ['dns/alignment'],
  ],
  [
    'there are two policies',
    ({ names }) => names.zone.set(`_dmarc.${DOMAIN}`, { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }),
    { 'dns/dmarc': /2 records, so none of them counts/ },
  ],
  [
    'the policy is invalid',
    ({ names }) => names.zone.set(`_dmarc.${DOMAIN}`, { TXT: ['v=DMARC1; p=maybe'] }),
    { 'dns/dmarc': /has no valid policy: v=DMARC1; p=maybe/ },
  ],
  [
    'only the address is verified, so amazonses.com signs',
    (world) => {
      world.ses.identities.clear();
      world.ses.identities.set(`jane@${DOMAIN}`, { ...HEALTHY_IDENTITY, tokens: [], mailFrom: undefined });
    },
    {
      'ses/identity': /jane@weekly\.example\.com is verified, but its domain is not/,
      'dns/alignment': /neither DKIM nor SPF is aligned with weekly\.example\.com/,
    },
    ['dns/spf', 'dns/dkim', 'dns/mail-from'],
  ],
  [
    'the name server fails',
    ({ names }) => {
      names.broken = true;
    },
    {
      'dns/spf': /DNS lookup of mail\.weekly\.example\.com failed: .*SERVFAIL/,
      'dns/dkim': /DNS lookup of .* failed/,
      'dns/dmarc': /DNS lookup of .* failed/,
      'dns/mail-from': /DNS lookup of .* failed/,
    },
    ['dns/alignment'],
  ],
];

describe('reports the failed check and its fix if', () => {
  it.each(illnesses.map((illness) => [illness[0], illness] as const))('%s', async (_name, illness) => {
    const [, fall, failed, skipped = []] = illness;
    const world = await healthyWorld();
    fall(world);
    const results = await visit(world);
    expect(namesOf(results, 'failed').sort()).toEqual(Object.keys(failed).sort());
    expect(namesOf(results, 'skipped').sort()).toEqual([...skipped].sort());
    for (const [name, words] of Object.entries(failed)) {
      const result = results[name];
      const remedy = result?.state === 'failed' ? result.remedy : '';
      expect(`${result?.message}\n${remedy}`).toMatch(words);
      expect(remedy).toMatch(/\S{2}/);
    }
  });
});

describe('accepts', () => {
  it('a domain whose parent is verified and has the policy', async () => {
    const world = await healthyWorld();
    const { ses, names } = world;
    ses.identities.clear();
    ses.identities.set('example.com', { ...HEALTHY_IDENTITY });
    for (const token of HEALTHY_IDENTITY.tokens) {
      names.zone.set(`${token}._domainkey.example.com`, { CNAME: `${token}.dkim.amazonses.com` });
    }
    names.zone.delete(`_dmarc.${DOMAIN}`);
    names.zone.set('_dmarc.example.com', { TXT: ['v=DMARC1; p=reject; sp=none'] });
    const results = await visit(world);
    expect(namesOf(results, 'failed')).toEqual([]);
    expect(namesOf(results, 'skipped')).toEqual(['dns/spf', 'dns/mail-from']);
    expect(results['dns/dmarc']?.message).toBe('_dmarc.example.com has the policy none (reports only)');
    expect(results['dns/alignment']?.message).toBe('DKIM (example.com) is aligned');
    names.zone.set('_dmarc.example.com', { TXT: ['v=DMARC1; p=reject; adkim=s'] });
    expect(namesOf(await visit(world), 'failed')).toEqual(['dns/alignment']);
  });

  it('an own DKIM key, and a zone that returns alias targets', async () => {
    const world = await healthyWorld();
    const key = { TXT: [`v=DKIM1; k=rsa; p=${'A'.repeat(400)}`] };
    for (const token of HEALTHY_IDENTITY.tokens) world.names.zone.set(`${token}._domainkey.${DOMAIN}`, key);
    expect(namesOf(await visit(world), 'failed')).toEqual([]);
    set(world, { ownKey: true, tokens: ['mine'] });
    expect(namesOf(await visit(world), 'failed')).toEqual(['dns/dkim']);
    world.names.zone.set(`mine._domainkey.${DOMAIN}`, key);
    expect(namesOf(await visit(world), 'failed')).toEqual([]);
    world.names.zone.set(`mine._domainkey.${DOMAIN}`, { TXT: ['v=DKIM1; p='] });
    expect(namesOf(await visit(world), 'failed')).toEqual(['dns/dkim']);
  });
});

it('reports by how much the clock is wrong', async () => {
  const world = await healthyWorld();
  const clock = { ...systemClock, now: () => Date.now() - 600_000 };
  const results = await visit(world, { clock });
  expect(namesOf(results, 'failed')).toEqual(['clock']);
  expect(results.clock?.message).toMatch(/^(599|60[01]) seconds behind 127\.0\.0\.1:\d+$/);
});

it('makes no network requests when offline', async () => {
  const world = await healthyWorld();
  const results = await visit(world, { offline: true });
  expect(namesOf(results, 'passed')).toEqual(['node', 'configuration', 'ledger', 'confirmed', 'files']);
  expect(namesOf(results, 'failed')).toEqual([]);
  expect(world.ses.requests.GetAccount).toBe(0);
  expect(world.asked).toEqual([]);
});
