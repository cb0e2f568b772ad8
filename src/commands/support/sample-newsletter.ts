import { stringify } from 'yaml';
import { PLACEHOLDER } from '../../config/placeholder.js';
import { schemaFile } from './schemas.js';

export interface NewsletterFacts {
  readonly name: string;
  readonly from: { readonly name: string; readonly email: string };
}

/** obn.yaml of a new newsletter, with a word on everything that its owner has to decide. */
export function configText({ name, from }: NewsletterFacts): string {
  const text = (value: string) => stringify(value, { lineWidth: 0 }).trim();
  return `# yaml-language-server: $schema=${schemaFile('config')}
newsletter:
  name: ${text(name)}
  # tagline: One line about it
  # Where the archive lives; "view in browser" and pictures point there.
  url: ${PLACEHOLDER.url}
  language: en
  timezone: UTC # IANA, such as America/New_York
  author: { name: ${text(from.name)} }
  # Your postal address: every mailing must show one, and nothing is sent to readers before it stands here.
  address: ${text(PLACEHOLDER.address)}
from: { name: ${text(from.name)}, email: ${text(from.email)} }
# The subject of an issue that has none of its own:
subject: "{{newsletter.name}}: Issue #{{issue.number}}"
audience:
  file: subscribers.csv # never committed
send:
  # outbox writes each message into a file: a rehearsal. ses and smtp send.
  transport: outbox
  # require_approval: true # nothing goes to readers before \`obn approve\` has said yes to it
# ses: { region: us-east-1 } # credentials come from the environment, as for every AWS tool
# smtp: { url: "\${SMTP_URL}" }
unsubscribe:
  # Your one-click endpoint, such as \`obn serve\`; a signed token is appended. Nothing is sent before it is yours.
  url: ${PLACEHOLDER.unsubscribe}
  secret: "\${OBN_SECRET}"
`;
}

export const SAMPLE_LIST = `email,first_name,last_name,status,tags,subscribed_at
ada@example.com,Ada,Lovelace,subscribed,beginner,2018-09-01
grace@example.org,Grace,Hopper,subscribed,,2018-09-02
somebody@example.net,,,subscribed,,2018-09-03
gone@example.com,Gone,Already,unsubscribed,,2018-09-01
`;

/** What must never be committed: the readers, and what obn knows of them. */
export const IGNORED = ['.obn/', 'subscribers.csv', '.subscribers.csv.*.tmp', 'site/'] as const;
