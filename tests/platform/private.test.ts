import { expect, it } from 'vitest';
import { isPrivateAddress } from '../../src/platform/private.js';

it.each([
  ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1'],
  ...['64:ff9b::a00:1', '64:ff9b::127.0.0.1', '64:ff9b:1::808:808', '2002:a00:1::1', '2002:808:808::1'],
  ...['::7f00:1', '::10.0.0.1', '::8.8.8.8', '::ffff:0:10.0.0.1', '::ffff:0:808:808', 'fec0::1', 'feff::1'],
  ...['2001:db8::1', '2001::1', '3fff::1', '4000::1', '192.0.2.1', '198.51.100.1', '[::ffff:7f00:1]'],
  ...['224.0.0.1', '255.255.255.255', '::1', '::', '[::1]', 'fd00::1', 'fe80::1%eth0', '::ffff:10.0.0.1'],
])('treats %s as private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

it.each([
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700::1111',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
  'localhost',
  '',
  '1',
  '0x7f.1',
])('does not treat %s as private', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});
