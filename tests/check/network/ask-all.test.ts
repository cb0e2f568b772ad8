import { expect, it } from 'vitest';
import { askAll } from '../../../src/check/network/ask-all.js';
import { systemClock } from '../../../src/platform/clock.js';
import { askWeb } from '../../../src/platform/web.js';
import { answer, startTcpServer, startWebServer } from '../../support/web-server.js';

const options = {
  ask: askWeb,
  clock: systemClock,
  signal: new AbortController().signal,
  allowPrivate: true,
  limits: { headMs: 300, getMs: 300, wholeMs: 2_000 },
  onVerdict: () => undefined,
};

function slow(): Parameters<typeof startWebServer>[0][string] {
  return (_, response) => setTimeout(() => response.end(), 100);
}

it('requests each address once, two at a time per host', async () => {
  await using server = await startWebServer({ '/a': slow() });
  const addresses = [1, 2, 3, 4, 5, 1, 2].map((number) => `${server.url}/a?${number}`);
  const told: string[] = [];
  const limits = { headMs: 20_000, getMs: 20_000, wholeMs: 60_000 };
  const verdicts = await askAll(addresses, {
    ...options,
    limits,
    onVerdict: (address) => told.push(address),
  });
  expect(verdicts.size).toBe(5);
  expect(new Set(told)).toEqual(new Set(addresses));
  expect(told).toHaveLength(5);
  expect(server.requests).toHaveLength(5);
  expect(server.most()).toBe(2);
});

it('requests eight addresses at a time in all', async () => {
  let open = 0;
  let most = 0;
  await using server = await startWebServer({ '/a': slow() });
  const ask: typeof askWeb = async (url, how) => {
    open += 1;
    most = Math.max(most, open);
    const given = await askWeb(new URL(url.pathname, server.url), how);
    open -= 1;
    return given;
  };
  const addresses = Array.from({ length: 20 }, (_, number) => `https://host${number}.example/a`);
  expect((await askAll(addresses, { ...options, ask })).size).toBe(20);
  expect(most).toBe(8);
});

it('stops requesting from a host that does not answer', async () => {
  let connections = 0;
  await using server = await startTcpServer(() => {
    connections += 1;
  });
  const addresses = Array.from({ length: 12 }, (_, number) => `http://127.0.0.1:${server.port}/${number}`);
  const verdicts = await askAll(addresses, options);
  expect([...verdicts.values()].map(({ kind }) => kind)).toEqual(Array(12).fill('unsure'));
  expect(connections).toBeLessThanOrEqual(8);
});

it('leaves out the remaining addresses when stopped', async () => {
  const controller = new AbortController();
  await using server = await startWebServer({ '/good': answer(200), '/hang': () => undefined });
  const addresses = ['/good', '/hang', '/hang?2', '/hang?3', '/hang?4'].map((path) => server.url + path);
  const limits = { headMs: 600_000, getMs: 600_000, wholeMs: 600_000 };
  const onVerdict = () => setImmediate(() => controller.abort());
  const verdicts = await askAll(addresses, { ...options, limits, onVerdict, signal: controller.signal });
  expect([...verdicts]).toEqual([[`${server.url}/good`, { kind: 'good' }]]);
});
