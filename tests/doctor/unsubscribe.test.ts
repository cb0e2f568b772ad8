import { describe, expect, it } from 'vitest';
import { healthyWorld, visit } from './world.js';

it('fails with a weak secret', async () => {
  const world = await healthyWorld();
  const { configuration } = await visit({ ...world, env: { ...world.env, OBN_SECRET: 'secret' } });
  expect(configuration).toMatchObject({
    state: 'failed',
    message: expect.stringMatching(/^obn\.yaml:\d+:\d+ unsubscribe\.secret is too short/),
    remedy: expect.stringContaining('node -p'),
  });
});

describe('the unsubscribe endpoint', () => {
  it.each([
    ['redirects', '/moved', /answered a POST with 302/, /do not follow a redirect/],
    ['requires a login', '/private', /403/, /allow requests without a login/],
    ['does not accept POST', '/page', /405/, /allow POST/],
    ['does not exist', '/nowhere', /404/, /fix the path/],
    ['is broken', '/broken', /500/, /log of the endpoint/],
  ])('fails when it %s', async (_name, path, words, remedy) => {
    const world = await healthyWorld();
    const { newsletter } = world;
    newsletter.write('obn.yaml', newsletter.read('obn.yaml').replace('/unsubscribe\n', `${path}\n`));
    const { unsubscribe } = await visit(world);
    expect(unsubscribe).toMatchObject({
      ...{ state: 'failed', message: expect.stringMatching(words), remedy: expect.stringMatching(remedy) },
    });
  });

  it.each([
    ['http://weekly.example.com/unsubscribe', 'failed', /is not https/],
    ['http://127.0.0.1:1/unsubscribe', 'failed', /did not answer/],
    ['https://your-domain.example/unsubscribe', 'skipped', /^not set/],
  ])('%s: %s', async (url, state, words) => {
    const world = await healthyWorld({ unsubscribe: { url } });
    const { unsubscribe } = await visit(world);
    expect(unsubscribe).toMatchObject({ state, message: expect.stringMatching(words) });
  });

  it('sends no request without the secret, and never the token of a reader', async () => {
    const world = await healthyWorld();
    expect((await visit(world, { secrets: [] })).unsubscribe).toMatchObject({
      ...{ state: 'skipped', message: expect.stringMatching(/secret is not set/) },
    });
    expect(world.asked.filter((one) => one.startsWith('POST'))).toEqual([]);
  });
});
