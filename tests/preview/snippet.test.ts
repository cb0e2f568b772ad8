import { expect, it } from 'vitest';
import { snippetOf } from '../../src/preview/snippet.js';

const page = (body: string) =>
  `<html><head><title>Title</title><style>p{}</style></head><body>${body}</body></html>`;

it('is the beginning of what is read, and nothing of the head', () => {
  expect(snippetOf(page('<div>One &amp; <b>two</b></div>\n<p>three</p>'))).toBe('One & two three');
});

it('ends where the preheader is padded', () => {
  const padding = '\u034f \u200c\u00a0'.repeat(60);
  expect(snippetOf(page(`<div>The line</div>${padding}<p>View in browser</p>`))).toBe('The line');
});

it('shows what leaks in behind a preheader that is not padded', () => {
  expect(snippetOf(page('<div>Short.</div><p>View in browser</p>'))).toBe('Short. View in browser');
});

it('takes comments for programs of no account', () => {
  expect(snippetOf(page('<!--[if mso]>old<![endif]-->new'))).toBe('new');
});

it('is no longer than what anybody shows', () => {
  expect(snippetOf(page('word '.repeat(200))).length).toBeLessThanOrEqual(200);
});
