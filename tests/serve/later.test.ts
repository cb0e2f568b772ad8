import { Context } from 'hono';
import { expect, it } from 'vitest';
import { type BackgroundTasks, Tasks } from '../../src/serve/background-tasks.js';
import { openApp } from './app.js';

it('starts address-dependent work after the response was sent', async () => {
  const order: string[] = [];
  let sent = () => {};
  const answered = new Promise<void>((resolve) => {
    sent = resolve;
  });
  const tasks = new Tasks(
    (error) => order.push(String(error)),
    () => answered,
  );
  const context = new Context(new Request('https://weekly.example.com/'));
  await tasks.later(async () => void order.push('task'), context);
  await new Promise((resolve) => setImmediate(resolve));
  order.push('sent');
  sent();
  await tasks.finished();
  expect(order).toEqual(['sent', 'task']);
});

it('does not query the ledger about an address before the response', async () => {
  const bounced = 'bounced@example.com';
  const tasks: (() => Promise<void>)[] = [];
  const later: BackgroundTasks = async (task) => void tasks.push(task);
  const service = await openApp({ later });
  await service.ledger.readers.suppress(bounced, 'bounced', 'ses', 1);
  const asked: string[] = [];
  const { readers } = service.ledger;
  const suppressed = readers.suppressed.bind(readers);
  readers.suppressed = (keys) => {
    asked.push(...keys);
    return suppressed(keys);
  };
  const watched = await openApp({ later, store: service.ledger });
  for (const email of [bounced, 'fresh@example.com']) {
    expect((await watched.post('/subscribe', { email })).status).toBe(200);
  }
  expect([asked, watched.mails]).toEqual([[], []]);
  for (const task of tasks) await task();
  expect(asked).toContain(bounced);
  expect(watched.mails.map(({ address }) => address)).toEqual(['fresh@example.com']);
});
