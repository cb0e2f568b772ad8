import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { readerRoutes } from '../../src/serve/reader-routes.js';

function places(unsubscribe: string, serve?: string) {
  const newsletter = { name: 'N', url: 'https://n.example' };
  const from = { name: 'Jane', email: 'jane@n.example' };
  const config = { newsletter, from, unsubscribe: { url: unsubscribe }, serve: serve ? { url: serve } : {} };
  return readerRoutes(configSchema.parse(config));
}

describe('the reader pages', () => {
  it.each([
    ['https://n.example/unsubscribe', undefined, 'https://n.example', '/subscribe', '/unsubscribe?token=T'],
    [
      'https://n.example/a/b/leave',
      undefined,
      'https://n.example/a/b',
      '/a/b/subscribe',
      '/a/b/leave?token=T',
    ],
    ['https://n.example/u/', undefined, 'https://n.example/u', '/u/subscribe', '/u/T'],
    ['https://n.example/u?t=', undefined, 'https://n.example', '/subscribe', '/u?t=T'],
    [
      'https://n.example/u',
      'https://n.example/readers/',
      'https://n.example/readers',
      '/readers/subscribe',
      '/u?token=T',
    ],
    [
      'https://u.example/u',
      'https://n.example/r',
      'https://n.example/r',
      'https://n.example/r/subscribe',
      'https://u.example/u?token=T',
    ],
  ])('of %s and %s are at %s', (url, serve, base, subscribe, unsubscribe) => {
    const { path, unsubscribePath, ...found } = places(url, serve);
    expect([found.base, path('subscribe'), unsubscribePath('T')]).toEqual([base, subscribe, unsubscribe]);
  });

  it('appear in the log by name, without tokens', () => {
    const { nameOf } = places('https://n.example/news/u/');
    const names = ['/news/u/1token', '/1token', '/news/u/subscribe', '/health', '/news/wp-login.php'].map(
      nameOf,
    );
    expect(names).toEqual(['unsubscribe', 'unsubscribe', 'subscribe', 'health', 'other']);
  });
});
