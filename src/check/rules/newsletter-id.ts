import { listIdSchema } from '../../config/list-id.js';
import { CONFIG_FILE, type Newsletter } from '../../config/load.js';
import type { NewsletterRule } from '../rule.js';

export const newsletterId: NewsletterRule = {
  name: 'newsletter/id',
  severity: 'warning',
  summary: 'no newsletter.id, so the id changes when the name or the host of the newsletter changes',
  remedy: 'add the id that is in use: unsubscribe links in sent email stop working when it changes',
  bad: {
    config:
      'newsletter:\n  name: Weekly\n  url: https://weekly.example.com\n  address: Weekly, 1 Example Street',
    at: 'name: Weekly',
  },
  good: {
    config:
      'newsletter:\n  id: weekly.weekly.example.com\n  name: Weekly\n  url: https://weekly.example.com\n  address: Weekly, 1 Example Street',
  },
  *check({ newsletter }) {
    const { id } = newsletter.config.newsletter;
    // The host of a site may be one that no List-ID can contain, such as an IPv6 address.
    if (isPinned(newsletter) || !listIdSchema.safeParse(id).success) return;
    const message =
      'newsletter.id is missing: renaming the newsletter would break unsubscribe links in sent email';
    yield { at: newsletter.document.at(['newsletter']), message, hint: lineToAdd(newsletter, id) };
  },
};

function isPinned({ document }: Newsletter): boolean {
  const { newsletter } = (document.value ?? {}) as { newsletter?: { id?: unknown } };
  return newsletter?.id !== undefined;
}

/** Says where to add the id, in the style of the mapping. */
function lineToAdd({ document }: Newsletter, id: string): string {
  const { line, column } = document.at(['newsletter']);
  const isFlow = document.text.split('\n')[line - 1]?.[column - 1] === '{';
  if (isFlow) return `add "id: ${id}, " after the "{" (${document.file}:${line})`;
  return `add the line "${' '.repeat(column - 1)}id: ${id}" above line ${line} of ${CONFIG_FILE}`;
}
