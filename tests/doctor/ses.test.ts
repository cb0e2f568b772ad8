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

it('finds nothing where all is as it should be', async () => {
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
    { 'ses/account': /may send 0 a second/ },
  ],
  [
    'the account is in the sandbox',
    ({ ses }) => Object.assign(ses.account, { productionAccess: false }),
    { 'ses/sandbox': /only verified addresses.*request production access/s },
  ],
  [
    'the quota is smaller than the list',
    ({ ses }) => Object.assign(ses.account, { max24HourSend: 200, sentLast24Hours: 197 }),
    { 'ses/quota': /3 of 200 are left, and the list has 5 readers.*--limit/s },
  ],
  [
    'the role may not ask about the account',
    ({ ses }) => ses.fault(({ operation }) => (operation === 'GetAccount' ? denied(operation) : undefined)),
    { 'ses/account': /the role needs ses:GetAccount/ },
    ['ses/sandbox', 'ses/quota'],
  ],
  [
    'the role may not ask about identities',
    ({ ses }) =>
      ses.fault(({ operation }) => (operation === 'GetEmailIdentity' ? denied(operation) : undefined)),
    { 'ses/identity': /the role needs ses:GetEmailIdentity/ },
    OF_IDENTITY,
  ],
  [
    'nothing is known of the domain',
    ({ ses }) => ses.identities.clear(),
    { 'ses/identity': /does not know jane@weekly\.example\.com.*verify the domain weekly\.example\.com/s },
    OF_IDENTITY,
  ],
  [
    'the domain is not verified',
    (world) => set(world, { verified: false }),
    { 'ses/identity': /weekly\.example\.com is not verified in us-east-1/ },
  ],
  [
    'nothing is signed',
    (world) => set(world, { signing: false }),
    { 'ses/dkim': /is not signed.*turn DKIM on/s },
  ],
  ['the keys are not found', (world) => set(world, { dkimStatus: 'PENDING' }), { 'ses/dkim': /are PENDING/ }],
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
    'SPF names somebody else, and mail goes elsewhere',
    ({ names }) =>
      names.zone.set(MAIL_FROM, { TXT: ['v=spf1 include:example.org -all'], MX: [[10, 'mx.example.org']] }),
    {
      'dns/spf': /does not name who sends.*add include:amazonses\.com/s,
      'dns/mail-from': /goes to mx\.example\.org/,
    },
  ],
  [
    'a key is missing and another wrong',
    ({ names }) => {
      names.zone.delete(DKIM);
      names.zone.set(`token1._domainkey.${DOMAIN}`, { CNAME: 'token1.dkim.example.org' });
    },
    { 'dns/dkim': /lacks 2 of 3 keys.*token1\S+ CNAME .*not token1\.dkim\.example\.org.*token2\S+ CNAME/s },
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
    { 'dns/dmarc': /2 records, which count as none/ },
  ],
  [
    'the policy is none',
    ({ names }) => names.zone.set(`_dmarc.${DOMAIN}`, { TXT: ['v=DMARC1; p=maybe'] }),
    { 'dns/dmarc': /says no policy: v=DMARC1; p=maybe/ },
  ],
  [
    'only the address is verified, so amazonses.com signs',
    (world) => {
      world.ses.identities.clear();
      world.ses.identities.set(`jane@${DOMAIN}`, { ...HEALTHY_IDENTITY, tokens: [], mailFrom: undefined });
    },
    {
      'ses/identity': /jane@weekly\.example\.com is verified, and its domain is not/,
      'dns/alignment': /nothing that is signed or bounces belongs to weekly\.example\.com/,
    },
    ['dns/spf', 'dns/dkim', 'dns/mail-from'],
  ],
  [
    'the name server has failed',
    ({ names }) => {
      names.broken = true;
    },
    {
      'dns/spf': /no answer for mail\.weekly\.example\.com.*SERVFAIL/,
      'dns/dkim': /no answer/,
      'dns/dmarc': /no answer/,
      'dns/mail-from': /no answer/,
    },
    ['dns/alignment'],
  ],
];

describe('where something is not, says what and what to do:', () => {
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

describe('takes for healthy', () => {
  it('a domain whose parent is verified and speaks for it', async () => {
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
    expect(results['dns/dmarc']?.message).toBe('_dmarc.example.com asks for none, which only reports');
    expect(results['dns/alignment']?.message).toBe('DKIM (example.com) does');
    names.zone.set('_dmarc.example.com', { TXT: ['v=DMARC1; p=reject; adkim=s'] });
    expect(namesOf(await visit(world), 'failed')).toEqual(['dns/alignment']);
  });

  it('a key of the owner, and a zone that answers with what its aliases stand for', async () => {
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

it('says by how much the clock is wrong', async () => {
  const world = await healthyWorld();
  const clock = { ...systemClock, now: () => Date.now() - 600_000 };
  const results = await visit(world, { clock });
  expect(namesOf(results, 'failed')).toEqual(['clock']);
  expect(results.clock?.message).toMatch(/^it is (599|60[01]) seconds behind that of 127\.0\.0\.1:\d+$/);
});

it('asks nobody when it is to be offline', async () => {
  const world = await healthyWorld();
  const results = await visit(world, { offline: true });
  expect(namesOf(results, 'passed')).toEqual(['node', 'configuration', 'ledger', 'confirmed', 'files']);
  expect(namesOf(results, 'failed')).toEqual([]);
  expect(world.ses.requests.GetAccount).toBe(0);
  expect(world.asked).toEqual([]);
});
