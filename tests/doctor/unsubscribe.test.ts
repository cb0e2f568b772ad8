import { describe, expect, it } from 'vitest';
import { healthyWorld, visit } from './world.js';

it('is not set up with a secret that could be guessed', async () => {
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
    ['redirects', '/moved', /answers a POST with 302/, /do not follow a redirect/],
    ['asks who it is', '/private', /403/, /ask nobody who they are/],
    ['takes no POST', '/page', /405/, /let it take POST/],
    ['is not there', '/nowhere', /404/, /correct the path/],
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
    ['http://127.0.0.1:1/unsubscribe', 'failed', /does not answer/],
    ['https://your-domain.example/unsubscribe', 'skipped', /there is none yet/],
  ])('at %s has %s', async (url, state, words) => {
    const world = await healthyWorld({ unsubscribe: { url } });
    const { unsubscribe } = await visit(world);
    expect(unsubscribe).toMatchObject({ state, message: expect.stringMatching(words) });
  });

  it('is not asked without the secret, and never with the token of a reader', async () => {
    const world = await healthyWorld();
    expect((await visit(world, { secrets: [] })).unsubscribe).toMatchObject({
      ...{ state: 'skipped', message: expect.stringMatching(/secret is not known/) },
    });
    expect(world.asked.filter((one) => one.startsWith('POST'))).toEqual([]);
  });
});
