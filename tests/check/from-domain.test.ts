import { expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

async function rulesFor(email: string): Promise<string[]> {
  const findings = await findingsOf(newsletterOf({ config: `from: { name: Jane, email: ${email} }` }));
  return findings.map(({ rule }) => rule);
}

it.each([
  ...['jane@gmail.com', 'jane@GMail.com', 'jane@fastmail.com', 'jane@163.com', 'jane@t-online.de'],
  ...['jane@yahoo.co.uk', 'jane@hotmail.fr', 'jane@proton.me', 'jane@web.de', 'jane@me.com'],
])('%s is an address at a public email provider', async (email) => {
  expect(await rulesFor(email)).toEqual(['from/domain']);
});

it.each(['news@mail.acme.com', 'a@web.acme.org', 'x@me.acme.dev', 'x@live.acme.io', 'x@notgmail.com'])(
  '%s is on its own domain',
  async (email) => {
    expect(await rulesFor(email)).toEqual([]);
  },
);
