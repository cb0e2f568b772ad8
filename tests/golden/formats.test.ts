import { expect, it } from 'vitest';
import { derivedListId } from '../../src/config/list-id.js';
import { contentDigest, queryDigest } from '../../src/delivery/approval.js';
import { messageDigest } from '../../src/message/compiled.js';
import { ForgottenKeys } from '../../src/message/forgotten.js';
import { ConfirmationTokens, UnsubscribeTokens, unsubscribeLink } from '../../src/message/token.js';
import { addressee, headerLines, message, SECRET, write } from '../message/messages.js';

// What readers, other machines and old email hold. A change here breaks links that were sent long ago, makes obn mail
// somebody who was forgotten, or asks for approvals that were given. Never update a value: add a new version beside it.

const LIST = 'weekly.n.example';

it('keeps the list id of a newsletter', () => {
  expect(derivedListId({ name: 'The Weekly, in Ünïcode', url: 'https://n.example/a' })).toBe(
    'the-weekly-in-unicode.n.example',
  );
  expect(derivedListId({ name: '週刊', url: 'https://n.example' })).toBe('newsletter.n.example');
});

it('keeps tokens of one-click unsubscribe', () => {
  const token = '1cPgr0R0PXFImBSnKH94L91fcRvlG-vIaYtiqf9ll4Q';
  const tokens = new UnsubscribeTokens(SECRET, LIST);
  expect(tokens.issue('ada@example.com')).toBe(token);
  expect(new UnsubscribeTokens(['a newer secret', SECRET], LIST).verify(token)).toBe('ada@example.com');
});

it('keeps unsubscribe links', () => {
  expect(
    ['https://n.example/u', 'https://n.example/u?l=1', 'https://n.example/u/', 'https://n.example/u?t='].map(
      (url) => unsubscribeLink(url, 'T'),
    ),
  ).toEqual([
    'https://n.example/u?token=T',
    'https://n.example/u?l=1&token=T',
    'https://n.example/u/T',
    'https://n.example/u?t=T',
  ]);
});

it('keeps tokens of double opt-in', () => {
  const token =
    '1y2TuAzf_D8u9EB_tiejH9gIWErZta4F093r90qqPMdUE9qNBaM1ZETTwGoL5DqLyf-OBdOlzK334I94u7va3_3OEqOjQhA';
  const confirmation = {
    address: 'Ada@example.com',
    issuedAt: 1_700_000_000_000,
    fields: { first_name: 'Ada' },
  };
  expect(new ConfirmationTokens(SECRET, LIST).issue(confirmation)).toBe(token);
  expect(new ConfirmationTokens(SECRET, LIST).verify(token)).toEqual(confirmation);
});

it('keeps hashes of those who were forgotten', () => {
  expect(new ForgottenKeys([SECRET]).hash('ada@example.com')).toBe(
    'hash:f121c8ea:7e746af6f5e05702678375ad848aff347223bb2bcbbb7eeb0bf92e90edb1f423',
  );
});

it('keeps digests of messages and approvals', () => {
  expect(messageDigest(message())).toBe('5504183e6cb9519a442092ee9f7d346c1f8c4e59bbb7351b60fe0082973026c8');
  expect(contentDigest(message(), new Map([['a.png', 'f'.repeat(64)]]))).toBe(
    'f18d3c61e467b83eecf6a6b470fa24891f842b5971148858cdc1e5fdd6c93407',
  );
  const query = { file: 'subscribers.csv', ledger: true, segment: { name: 'paid', query: { tags: 'paid' } } };
  expect(queryDigest(query as never)).toBe(
    'b33586787fb0a2f270b4635ab7e08619478003725ddb9207d06bbc3015767a35',
  );
});

it('keeps what identifies a message and its delivery in the header', () => {
  const named = /^(?:Message-ID|List-|X-|Feedback|Auto|Precedence)/i;
  const lines = headerLines(write(message(), addressee()))
    .join('\n')
    .replaceAll(/\n[ \t]+/g, ' ')
    .split('\n');
  expect(lines.filter((line) => named.test(line))).toEqual([
    'List-Id: "Weekly" <weekly.n.example>',
    'X-Obn-Issue: 3',
    'Message-ID: <ref0123456789@n.example>',
    'X-Obn-Delivery: ref0123456789',
    'List-Unsubscribe: <https://n.example/unsubscribe?token=1cPgr0R0PXFImBSnKH94L91fcRvlG-vIaYtiqf9ll4Q>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ]);
});
