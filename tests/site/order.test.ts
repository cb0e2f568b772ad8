import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/site/publish/order.js';

describe('the order in which files are put in place', () => {
  it('puts link targets before the pages that link to them', () => {
    const paths = [
      'atom.xml',
      'index.html',
      'issues/index.html',
      'issues/1/index.html',
      'issues/2/index.html',
      'pictures/a.png',
      'search/index.json',
      'search/words/a.json',
      'assets/site.js',
    ];
    expect(inOrder(paths, (path) => path.includes('/2/'))).toEqual([
      'assets/site.js',
      'pictures/a.png',
      'search/words/a.json',
      'issues/2/index.html',
      'issues/1/index.html',
      'issues/index.html',
      'index.html',
      'search/index.json',
      'atom.xml',
    ]);
  });
});
