import { expect, it } from 'vitest';
import { mailboxOf } from '../../src/serve/mailbox.js';

it.each([
  ['ada@example.com', 'ada@example.com'],
  ['ada+news+old@example.com', 'ada@example.com'],
  ['a.da@example.com', 'a.da@example.com'],
  ['a.d.a+x@gmail.com', 'ada@gmail.com'],
  ['a.da@googlemail.com', 'ada@gmail.com'],
  ['ada@mail.gmail.com', 'ada@mail.gmail.com'],
  ['a.da@constructor', 'a.da@constructor'],
  ['"ada+x y"@example.com', 'ada@example.com'],
  ['+tag@example.com', '+tag@example.com'],
])('counts %s as %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox);
});
