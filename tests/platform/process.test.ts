import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { expect, it } from 'vitest';
import { mayBeRunning, workerName } from '../../src/platform/process.js';

const [, pid = '', tail = ''] = /:(\d+):([0-9a-f]+)$/.exec(workerName()) ?? [];
const place = tail.slice(0, 8);

it('detects a dead process of this machine', () => {
  const { pid: gone } = spawnSync(process.execPath, ['-e', '0']);
  expect(mayBeRunning(workerName())).toBe(true);
  expect(mayBeRunning(`${hostname()}:${process.ppid}:${place}01234567`)).toBe(true);
  expect(mayBeRunning(`${hostname()}:${gone}:${place}01234567`)).toBe(false);
  expect(mayBeRunning(`${hostname()}:${pid}:${place}01234567`)).toBe(false);
});

it('assumes that a process of another machine or container is alive', () => {
  const { pid: gone } = spawnSync(process.execPath, ['-e', '0']);
  const elsewhere = place === '00000000' ? '11111111' : '00000000';
  expect(mayBeRunning(`elsewhere:${gone}:${place}01234567`)).toBe(true);
  expect(mayBeRunning(`${hostname()}:${gone}:${elsewhere}01234567`)).toBe(true);
  expect(mayBeRunning(`${hostname()}:${pid}:${elsewhere}01234567`)).toBe(true);
});
