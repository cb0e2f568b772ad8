import { describe, expect, it } from 'vitest';
import { openNameServer } from '../../src/platform/name-server.js';
import { startNameServer } from '../support/name-server.js';

describe('a name server', () => {
  it.each(['nowhere', '127.0.0.1:', '1.2.3.4:99999', '1.2.3.4:0', '', 'dns.example.com:53'])(
    'cannot have the address "%s"',
    (address) => {
      expect(() => openNameServer(address)).toThrow('is not the address of a name server');
    },
  );

  it.each(['9.9.9.9', '127.0.0.1:5353', '::1', '[::1]:5353'])('can have the address %s', (address) => {
    expect(() => openNameServer(address)).not.toThrow();
  });

  it('returns existing records, and empty results for missing ones', async () => {
    const server = await startNameServer();
    const long = 'v=DKIM1; p='.padEnd(600, 'A');
    server.zone.set('a.example', {
      TXT: ['one', long],
      MX: [
        [20, 'Second.example'],
        [10, 'first.example'],
      ],
    });
    server.zone.set('b.example', { CNAME: 'A.example' });
    const names = openNameServer(server.address);
    expect(await names.texts('a.example')).toEqual(['one', long]);
    expect(await names.mailHosts('a.example')).toEqual(['first.example', 'second.example']);
    expect(await names.alias('b.example')).toBe('a.example');
    expect(await names.alias('a.example')).toBeUndefined();
    expect([await names.texts('c.example'), await names.mailHosts('c.example')]).toEqual([[], []]);
    server.broken = true;
    await expect(names.texts('a.example')).rejects.toThrow(
      'DNS lookup of a.example failed: the server failed (SERVFAIL)',
    );
  });
});
