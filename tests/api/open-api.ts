import { onTestFinished } from 'vitest';
import { openNewsletter } from '../../src/api/open-newsletter.js';
import { makeNewsletter, type NewsletterOptions } from '../support/newsletter.js';

const SECRET = 'a secret of the tests, of more than 32 characters';

/** A newsletter in a folder of its own, opened as a program does. */
export async function openApi(
  files: Readonly<Record<string, string | null>> = {},
  options: NewsletterOptions = {},
) {
  const folder = makeNewsletter(files, options);
  const newsletter = await openNewsletter({ cwd: folder.root, env: { OBN_SECRET: SECRET } });
  onTestFinished(() => newsletter.close());
  return { newsletter, folder };
}
