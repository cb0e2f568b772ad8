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
 * Why obn.yaml would reject the facts of a new newsletter.
 * @returns undefined when obn.yaml accepts them unchanged
 */
export function problemOf(facts: NewsletterFacts): string | undefined {
  const document = parseSource(CONFIG_FILE, configText(facts, 'schema.json'));
  const { value, unset } = expandVariables(document.value, {});
  const variable = unset.find(({ path }) => path[0] !== 'unsubscribe');
  if (variable) return `"\${${variable.name}}" would be an environment variable in ${CONFIG_FILE}`;
  const [finding] = document.findings;
  if (finding) return finding.message;
  const read = validate(document, configSchema, value);
  if ('findings' in read) return read.findings[0]?.message;
  const { newsletter, from } = read.data;
  const same =
    newsletter.name === facts.name && from.name === facts.from.name && from.email === facts.from.email;
  if (!same) return `${CONFIG_FILE} cannot contain this text`;
  // The name of the sender is written into issues.
  const [field] = MERGE_FIELD.exec(`${facts.name} ${facts.from.name}`) ?? [];
  return field && `${field} would be a merge field`;
}

const MERGE_FIELD = /\{\{[^{}]*\}\}/;

/** obn.yaml of a new newsletter, with comments on what its owner has to decide. */
export function configText({ name, from }: NewsletterFacts, schema: string): string {
  const id = newListId({ name, from });
  return `# yaml-language-server: $schema=${schema}
newsletter:
  # The List-ID. Unsubscribe links are signed for it: never change it after you have sent the first issue.
  id: ${id}
  name: ${text(name)}
  # tagline: One line about it
  # The address of the archive, for "view in browser" and images.
  url: ${PLACEHOLDER.url}
  language: en
  timezone: UTC # IANA, such as America/New_York
  author: { name: ${text(from.name)} }
  # Your postal address: every issue must show one. Required before sending to readers.
  address: ${text(PLACEHOLDER.address)}
from: { name: ${text(from.name)}, email: ${text(from.email)} }
# The subject of issues without their own:
subject: "{{newsletter.name}}: Issue #{{issue.number}}"
audience:
  file: subscribers.csv # never committed
  ledger: true # also send to readers who sign up at \`obn serve\` and confirm
send:
  # ${transportComment()}
  transport: ${DEFAULT_TRANSPORT}
  # require_approval: true # send nothing to readers before \`obn approve\`
# ses: { region: us-east-1 } # credentials come from the environment, as for other AWS tools
# smtp: { url: "\${SMTP_URL}" }
unsubscribe:
  # Your one-click endpoint, such as \`obn serve\`; obn appends a signed token. Required before sending.
  url: ${PLACEHOLDER.unsubscribe}
  secret: "\${OBN_SECRET}" # create one: ${SECRET_COMMAND}
`;
}

/** One line on the transports: what the rehearsals do, and the names of those that send. */
function transportComment(): string {
  const rehearsals = transportKinds.filter(({ live }) => !live);
  const live = transportKinds.filter((kind) => kind.live).map(({ name }) => name);
  return `${rehearsals.map(({ name, summary }) => `${name} ${summary}. `).join('')}${new Intl.ListFormat('en').format(live)} send.`;
}

/** A List-ID in the domain of the sender, which is known to be their own (RFC 2919, section 2). */
function newListId({ name, from }: NewsletterFacts): string {
  const domain = domainToASCII(from.email.slice(from.email.lastIndexOf('@') + 1));
  const id = derivedListId({ name, url: `https://${domain || new URL(PLACEHOLDER.url).hostname}` });
  return listIdSchema.safeParse(id).success ? id : derivedListId({ name, url: PLACEHOLDER.url });
}
