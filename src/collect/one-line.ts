import { visible } from '../findings/visible.js';
import { withoutInvisible } from '../text/address.js';

/**
 * Text from a web page as one line of an issue: without control characters, invisible characters and merge fields.
 * @param max characters; a longer text is cut at a word
 * @returns undefined if nothing is left
 */
export function oneLine(text: string | undefined, max: number): string | undefined {
  // The rest of a huge text would be cut off anyway.
  const start = (text ?? '').slice(0, max * 20).toWellFormed();
  const line = withoutInvisible(visible(start)).replace(/\s+/g, ' ').trim();
  // A page must not insert the data of readers, or turn off a rule.
  const plain = line
    .replace(/\{(?=[{%$])/g, '{ ')
    .replace(/\}(?=\})/g, '} ')
    .replace(/#(?=\s*obn-ignore)/gi, '');
  return plain === '' ? undefined : shortened(plain, max);
}

function shortened(text: string, max: number): string {
  const characters = [...new Intl.Segmenter().segment(text.slice(0, max * 4).toWellFormed())].map(
    ({ segment }) => segment,
  );
  if (characters.length <= max) return text.length > max * 4 ? `${characters.join('')}…` : text;
  const cut = characters.slice(0, max - 1).join('');
  const atWord = cut.replace(/\s+\S*$/, '');
  return `${(atWord.length > cut.length / 2 ? atWord : cut).trimEnd()}…`;
}
