import { usageError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import { trimAddress, withoutInvisible } from '../text/address.js';

const MAX_LENGTH = 2_000;
const MAX_SHOWN = 100;

/**
 * Reads the addresses that a person gave, each once.
 * @throws ObnError (usage) for one that no web page can have.
 */
export function readUrls(texts: readonly string[]): URL[] {
  const urls = texts.map((text) => readUrl(withoutInvisible(trimAddress(text))));
  return [...new Map(urls.map((url) => [url.href, url])).values()];
}

function readUrl(text: string): URL {
  const shown = visible(text).slice(0, MAX_SHOWN);
  if (text.length > MAX_LENGTH) throw usageError(`the URL ${shown}… has more than 2,000 characters`);
  if (!/^https?:\/\/[^/?#]/i.test(text) || !URL.canParse(text)) {
    const isHost = /^[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?$/.test(text) && URL.canParse(`https://${text}`);
    const hint = isHost ? `did you mean https://${shown}?` : 'a URL begins with https:// or http://';
    throw usageError(`"${shown}" is not the URL of a web page`, hint);
  }
  const url = new URL(text);
  if (url.username === '' && url.password === '') return url;
  throw usageError(
    `the URL of ${url.host} contains a user name or password`,
    'readers would see it; remove it',
  );
}
