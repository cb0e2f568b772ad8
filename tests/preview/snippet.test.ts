import { expect, it } from 'vitest';
import { snippetOf } from '../../src/preview/snippet.js';

const page = (body: string) =>
  `<html><head><title>Title</title><style>p{}</style></head><body>${body}</body></html>`;

it('is the beginning of the visible text, without the head', () => {
  expect(snippetOf(page('<div>One &amp; <b>two</b></div>\n<p>three</p>'))).toBe('One & two three');
});

it('ends at the padding of the preheader', () => {
  const padding = '\u034f \u200c\u00a0'.repeat(60);
  expect(snippetOf(page(`<div>The line</div>${padding}<p>View in browser</p>`))).toBe('The line');
});

it('includes the text after a preheader without padding', () => {
  expect(snippetOf(page('<div>Short.</div><p>View in browser</p>'))).toBe('Short. View in browser');
});

it('ignores conditional comments', () => {
  expect(snippetOf(page('<!--[if mso]>old<![endif]-->new'))).toBe('new');
});

it('is limited to the longest displayed length', () => {
  expect(snippetOf(page('word '.repeat(200))).length).toBeLessThanOrEqual(200);
});
