import { describe, expect, it } from 'vitest';
import { clientOf } from '../../src/serve/client.js';
import { faultText } from '../../src/serve/log.js';

describe('clientOf', () => {
  it.each([
    ['192.0.2.1', undefined, 0, '192.0.2.1'],
    ['::ffff:192.0.2.1', undefined, 0, '192.0.2.1'],
    ['::FFFF:c000:201', undefined, 0, '192.0.2.1'],
    ['0:0:0:0:0:ffff:c000:0201', undefined, 0, '192.0.2.1'],
    ['2001:db8::ffff:c000:201', undefined, 0, '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', undefined, 0, '2001:db8:1:2::/64'],
    ['2001:DB8::1', undefined, 0, '2001:db8:0:0::/64'],
    ['fe80::1%eth0', undefined, 0, 'fe80:0:0:0::/64'],
    ['::1', undefined, 0, '0:0:0:0::/64'],
    ['', undefined, 0, 'unknown'],
    // Without a proxy of one's own, the header is only a claim.
    ['192.0.2.1', '203.0.113.7', 0, '192.0.2.1'],
    ['10.0.0.1', '203.0.113.7', 1, '203.0.113.7'],
    ['10.0.0.1', '198.51.100.1, 203.0.113.7', 1, '203.0.113.7'],
    ['10.0.0.1', '198.51.100.1, 203.0.113.7, 10.0.0.2', 2, '203.0.113.7'],
    ['10.0.0.1', '203.0.113.7:4711', 1, '203.0.113.7'],
    ['10.0.0.1', '[2001:db8:1:2::9]:4711', 1, '2001:db8:1:2::/64'],
    ['10.0.0.1', 'rubbish', 1, '10.0.0.1'],
    ['10.0.0.1', '203.0.113.7', 2, '10.0.0.1'],
    ['10.0.0.1', undefined, 1, '10.0.0.1'],
  ] as const)('for %s with header %j and %i proxies is %s', (remote, forwarded, proxies, network) => {
    expect(clientOf(remote, forwarded, proxies)).toBe(network);
  });
});

it('removes addresses and tokens from error texts', () => {
  const token = `1${'aB3_-'.repeat(8)}`;
  const text = faultText(new Error(`550 <jane.doe@example.com> unknown, token=${token}`));
  expect(text).toBe('Error: 550 <…@…> unknown, token=…');
});
