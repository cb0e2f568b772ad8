import { expect, it } from 'vitest';
import { KnownReaders } from '../../src/preview/known-readers.js';
import { makeNewsletter } from '../support/newsletter.js';

it('reads a list again for the same reader only after it changed', async () => {
  const { path, write } = makeNewsletter();
  const readers = new KnownReaders();
  const list = { path: path('subscribers.csv'), name: 'subscribers.csv', columns: ['email'] };
  const before = await readers.find(list, 'ada@example.com');
  expect(before?.fields.first_name).toBe('Ada');
  expect(await readers.find(list, 'ada@example.com')).toBe(before);
  write('subscribers.csv', 'email,first_name\nada@example.com,Augusta\n');
  expect((await readers.find(list, 'ada@example.com'))?.fields.first_name).toBe('Augusta');
  expect(await readers.find(list, 'nobody@example.com')).toBeUndefined();
});
