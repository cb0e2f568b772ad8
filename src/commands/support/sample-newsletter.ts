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
export const IGNORED = ['.obn/', 'subscribers.csv', 'site/'] as const;

export const WORKFLOW_FILE = '.github/workflows/newsletter.yml';

/** Checks on every push, and sends what is due on a schedule. GitHub's cron may fire late, twice or not at all. */
export function workflowText(version: string): string {
  return `name: Newsletter

on:
  pull_request:
  schedule:
    - cron: "*/15 * * * *"
  workflow_dispatch:

permissions:
  contents: read
  id-token: write

jobs:
  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - run: npx --yes obn@${version} check --format github

  send:
    if: github.event_name != 'pull_request' && vars.OBN_SEND == 'yes'
    runs-on: ubuntu-latest
    concurrency: { group: newsletter-send, cancel-in-progress: false }
    env:
      OBN_SECRET: \${{ secrets.OBN_SECRET }}
      # A ledger that outlives the runner; without it nobody knows what was sent.
      OBN_LEDGER: \${{ secrets.OBN_LEDGER }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: \${{ vars.OBN_AWS_ROLE }}
          aws-region: \${{ vars.OBN_AWS_REGION }}
      - run: npx --yes obn@${version} send --due --yes
`;
}
