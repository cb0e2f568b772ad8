import { messageOf } from '../../findings/error.js';
import { anybody } from '../../message/anybody.js';
import { MessageWriter } from '../../message/writer.js';
import type { IssueRule } from '../rule.js';

/** RFC 5322 section 2.1.1. */
const MAX_LINE = 998;

export const mailHeaders: IssueRule = {
  name: 'mail/headers',
  severity: 'error',
  summary: 'a required email header that cannot be written',
  remedy: 'check from, newsletter.name and unsubscribe.url in obn.yaml',
  bad: {
    config: `unsubscribe: { url: "https://weekly.example.com/${'u'.repeat(1_000)}" }`,
    at: 'unsubscribe:',
  },
  good: {},
  *check({ message, newsletter: { document }, now }) {
    const at = document.at(['unsubscribe', 'url']);
    try {
      const raw = new MessageWriter(message, { secret: 'any' }).write(anybody(message), now).raw();
      const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
      const lines = head.split('\r\n');
      const missing = REQUIRED.find((name) => !lines.some((line) => line.startsWith(`${name}:`)));
      if (missing !== undefined) yield { in: document, at, message: `the email has no ${missing} header` };
      if (lines.some((line) => line.length > MAX_LINE)) {
        yield { in: document, at, message: 'a header line is longer than 998 characters' };
      }
    } catch (error) {
      yield { in: document, at, message: messageOf(error) };
    }
  },
};

const REQUIRED = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'List-Id', 'MIME-Version'];
