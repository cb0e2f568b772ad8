import { describe, expect, it } from 'vitest';
import { exportFormats } from '../../../src/audience/import/formats.js';
import { openExport } from '../../../src/audience/import/import.js';
import { type ImportRow, readExportRow } from '../../../src/audience/import/mapping.js';
import { readRecords } from '../../../src/audience/records.js';
import { makeNewsletter } from '../../support/newsletter.js';
import { collect } from '../lists.js';
import { EXPORTS } from './exports.js';

type Name = keyof typeof EXPORTS;

/** The people in an export, and their status. */
async function read(name: string, content: string, map: Record<string, string> = {}) {
  const { path } = makeNewsletter({ [name]: content });
  const overrides = new Map(Object.entries(map));
  const options = { path: path(name), name, overrides, suppressed: async () => new Map() };
  const mapping = await openExport({ ...options, staging: undefined as never });
  const records = (await collect(readRecords(path(name), name))).filter(({ empty }) => !empty).slice(1);
  const rows = records.map((record) => readExportRow(mapping, record, name));
  const people = rows.filter((row): row is ImportRow => 'key' in row);
  return { mapping, rows, people, format: mapping.format.name };
}

const statuses = (people: readonly ImportRow[]) =>
  Object.fromEntries(people.map(({ key, status }) => [key.split('@')[0], status]));

const FOUND: Readonly<Record<Name, { format: string; statuses: object; fields: object | undefined }>> = {
  'subscribed_members_export_1a2b.csv': {
    format: 'Mailchimp',
    statuses: { ada: 'subscribed', grace: 'subscribed' },
    fields: {
      ...{ first_name: 'Ada', last_name: 'Lovelace', company: 'Engines, Ltd.' },
      ...{ subscribed_at: '2020-01-02 03:04:05', tags: 'VIP;aws' },
    },
  },
  'unsubscribed_members_export_1a2b.csv': {
    format: 'Mailchimp',
    statuses: { left: 'unsubscribed', angry: 'complained' },
    fields: undefined,
  },
  'cleaned_members_export_1a2b.csv': {
    format: 'Mailchimp',
    statuses: { dead: 'bounced' },
    fields: undefined,
  },
  'nonsubscribed_members_export_1a2b.csv': {
    format: 'Mailchimp',
    statuses: { buyer: 'pending' },
    fields: undefined,
  },
  'email_list.weekly.csv': {
    format: 'Substack',
    statuses: { ada: 'subscribed', left: 'unsubscribed' },
    fields: { paid: 'true', plan: 'monthly_subscription', subscribed_at: '2024-03-01T10:00:00.000Z' },
  },
  'subscribers-buttondown.csv': {
    format: 'Buttondown',
    statuses: {
      ...{ ada: 'subscribed', wait: 'pending', left: 'unsubscribed', dead: 'bounced', angry: 'complained' },
    },
    fields: {
      ...{ notes: 'met at a fair', first_name: 'Ada', level: '3', tags: 'vip;aws' },
      ...{ subscribed_at: '2024-03-01T10:00:00Z' },
    },
  },
  'members.ghost.csv': {
    format: 'Ghost',
    statuses: { ada: 'subscribed', left: 'unsubscribed' },
    fields: {
      ...{ first_name: 'Ada', last_name: 'King Lovelace', notes: 'Early supporter', tags: 'VIP;aws' },
      ...{ subscribed_at: '2024-03-01T10:00:00.000Z', tiers: 'Gold' },
    },
  },
  'subscribers.beehiiv.csv': {
    format: 'Beehiiv',
    statuses: { ada: 'subscribed', left: 'unsubscribed', wait: 'pending', dead: 'bounced' },
    fields: { subscribed_at: '2024-03-01T10:00:00Z', tags: 'vip', city: 'London' },
  },
  'subscribers.listmonk.csv': {
    format: 'listmonk',
    statuses: { ada: 'subscribed', left: 'unsubscribed' },
    fields: {
      ...{ first_name: 'Ada', last_name: 'Lovelace', city: 'London', vip: 'true' },
      ...{ subscribed_at: '2024-03-01T10:00:00Z' },
    },
  },
};

describe('an export', () => {
  it.each(Object.entries(FOUND))('of %s has the people and their status', async (name, expected) => {
    const { format, people } = await read(name, EXPORTS[name as Name]);
    expect(format).toBe(expected.format);
    expect(statuses(people)).toEqual(expected.statuses);
    if (expected.fields) expect(people[0]?.fields).toEqual(expected.fields);
  });

  it('of every platform is among the fixtures', () => {
    const known = new Set(Object.values(FOUND).map(({ format }) => format));
    expect(known).toEqual(new Set(exportFormats.map(({ name }) => name)));
  });

  it('refuses rows with an unknown status, by line', async () => {
    const { rows } = await read('subscribers-buttondown.csv', EXPORTS['subscribers-buttondown.csv']);
    expect(rows[5]).toMatchObject({
      ...{ line: 7, reason: 'invalid_status' },
      detail: 'unknown status "levitating"',
    });
  });
});

describe('another list', () => {
  it('is imported as it is when it has the columns of obn', async () => {
    const { format, people } = await read(
      'list.csv',
      'Email,First Name,Status,Tags,Shoe size\nA@x.co,A,,a;b,43\nb@x.co,,unsubscribed,,\n',
    );
    expect(format).toBe('a plain list');
    expect(people[0]).toMatchObject({
      ...{ key: 'a@x.co', address: 'A@x.co', status: 'subscribed' },
      fields: { first_name: 'A', tags: 'a;b', shoe_size: '43' },
    });
    expect(people[1]?.status).toBe('unsubscribed');
  });

  it('is mapped by hand', async () => {
    const { mapping, people } = await read('list.csv', 'Mailadresse;Vorname;Geheim\na@x.co;Ada;x\n', {
      ...{ Mailadresse: 'email', vorname: 'first_name', Geheim: '' },
    });
    expect(mapping.columns).toEqual([
      { from: 'Mailadresse', to: 'email' },
      { from: 'Vorname', to: 'first_name' },
      { from: 'Geheim', to: null },
    ]);
    expect(people[0]).toMatchObject({ key: 'a@x.co', fields: { first_name: 'Ada' } });
  });

  it.each<[string, string, Record<string, string>, RegExp]>([
    ['no column with addresses', 'name,city\nA,B\n', {}, /no column looks like email addresses/],
    ['two of them', 'email,mail\na@x.co,b@x.co\n', {}, /2 columns look like email addresses/],
    [
      'an override for an unknown column',
      'email\na@x.co\n',
      { emial: 'email' },
      /no column "emial"; did you mean "email"/,
    ],
    ['nothing', '\n', {}, /is empty/],
  ])('is refused with %s', async (_, content, map, message) => {
    await expect(read('list.csv', content, map)).rejects.toThrow(message);
  });
});
