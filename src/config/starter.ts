import { domainToASCII } from 'node:url';
import { parseSource } from '../document/document.js';
import { yamlText as text } from '../document/scalar.js';
import { validate } from '../document/validate.js';
import { DEFAULT_TRANSPORT, transportKinds } from '../transport/table.js';
import { expandVariables } from './environment.js';
import { derivedListId, listIdSchema } from './list-id.js';
import { CONFIG_FILE } from './load.js';
import { PLACEHOLDER } from './placeholder.js';
import { configSchema } from './schema.js';
import { SECRET_COMMAND } from './secret-strength.js';

export interface NewsletterFacts {
  readonly name: string;
  readonly from: { readonly name: string; readonly email: string };
}

/**
 * What is wrong with the facts of a new newsletter, in the words in which obn.yaml would be refused.
 * @returns undefined when obn.yaml can be written, and reads them as they are
 */
export function problemOf(facts: NewsletterFacts): string | undefined {
  const document = parseSource(CONFIG_FILE, configText(facts, 'schema.json'));
  const { value, unset } = expandVariables(document.value, {});
  const variable = unset.find(({ path }) => path[0] !== 'unsubscribe');
  if (variable) return `"\${${variable.name}}" is a variable of the environment in ${CONFIG_FILE}`;
  const [finding] = document.findings;
  if (finding) return finding.message;
  const read = validate(document, configSchema, value);
  if ('findings' in read) return read.findings[0]?.message;
  const { newsletter, from } = read.data;
  const same =
    newsletter.name === facts.name && from.name === facts.from.name && from.email === facts.from.email;
  if (!same) return `${CONFIG_FILE} cannot hold this text`;
  // The name of the sender is written into issues.
  const [field] = MERGE_FIELD.exec(`${facts.name} ${facts.from.name}`) ?? [];
  return field && `${field} would be a merge field`;
}

const MERGE_FIELD = /\{\{[^{}]*\}\}/;

/** obn.yaml of a new newsletter, with a word on everything that its owner has to decide. */
export function configText({ name, from }: NewsletterFacts, schema: string): string {
  const id = newListId({ name, from });
  return `# yaml-language-server: $schema=${schema}
newsletter:
  # The List-ID. Unsubscribe links are signed for it: never change it after the first issue was sent.
  id: ${id}
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
  ledger: true # readers who sign up at \`obn serve\` and confirm are mailed, too
send:
  # ${transportComment()}
  transport: ${DEFAULT_TRANSPORT}
  # require_approval: true # nothing goes to readers before \`obn approve\` has said yes to it
# ses: { region: us-east-1 } # credentials come from the environment, as for every AWS tool
# smtp: { url: "\${SMTP_URL}" }
unsubscribe:
  # Your one-click endpoint, such as \`obn serve\`; a signed token is appended. Nothing is sent before it is yours.
  url: ${PLACEHOLDER.unsubscribe}
  secret: "\${OBN_SECRET}" # make one: ${SECRET_COMMAND}
`;
}

/** What each transport does, in one line; live ones by name alone. */
function transportComment(): string {
  const rehearsals = transportKinds.filter(({ live }) => !live);
  const live = transportKinds.filter((kind) => kind.live).map(({ name }) => name);
  return `${rehearsals.map(({ name, summary }) => `${name} ${summary}. `).join('')}${new Intl.ListFormat('en').format(live)} send.`;
}

/** A List-ID in the domain of the sender, the only one that is known to be theirs (RFC 2919, section 2). */
function newListId({ name, from }: NewsletterFacts): string {
  const domain = domainToASCII(from.email.slice(from.email.lastIndexOf('@') + 1));
  const id = derivedListId({ name, url: `https://${domain || new URL(PLACEHOLDER.url).hostname}` });
  return listIdSchema.safeParse(id).success ? id : derivedListId({ name, url: PLACEHOLDER.url });
}
