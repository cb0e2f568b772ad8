import type { SearchDocument } from '../../../src/site/search/build.js';
import { indexText } from '../../../src/site/search/text.js';

export interface Text {
  readonly number: number;
  readonly title: string;
  readonly text: string;
}

/** Issues of one section each, with a key derived from their content. */
export function documents(texts: readonly Text[], read: number[] = []): SearchDocument[] {
  return texts.map(({ number, title, text }) => ({
    key: Buffer.from(`${title}|${text}`).toString('hex').padEnd(12, '0').slice(-200),
    url: `/issues/${number}/`,
    number,
    title,
    date: '2024-05-01',
    read: async () => {
      read.push(number);
      return indexText(title, [
        { anchor: '', heading: '', text: 'Hello' },
        { anchor: 'main', heading: 'Main thing', text },
      ]);
    },
  }));
}
