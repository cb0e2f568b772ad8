import { z } from 'zod';
import { address, email, object, oneLine, section, webUrl } from '../document/fields.js';
import { described } from '../text/described.js';
import { transportNames } from '../transport/names.js';
import { DEFAULT_TRANSPORT, transportSchemas } from '../transport/table.js';
import { derivedListId, listIdSchema } from './list-id.js';
import { theme } from './theme.js';

const language = z.string().refine(isLanguage, 'must be a BCP 47 language tag, such as en or pt-BR');
const timezone = z.string().refine(isTimeZone, 'must be an IANA time zone, such as America/New_York');
const rate = z.union([z.literal('auto'), z.number().min(0.001)], {
  error: 'must be auto or a number of messages per second',
});

/** A URL in ASCII without a fragment: a token is appended to it, and it is used in a header. */
const endpoint = webUrl
  .refine((url) => !url.includes('#'), 'must not have a fragment (#…)')
  .transform((url) => new URL(url).href);

/** A path on a host, such as `/news`, without a slash at the end; the root is empty. */
export const sitePath = oneLine
  .refine(isSitePath, 'must be a path on the host, such as / or /news')
  .transform((path) => path.replace(/\/+$/, ''));

const newsletter = object({
  id: listIdSchema
    .optional()
    .meta(
      described(
        'List-ID of the newsletter. Unsubscribe links are signed for it, so never change it. Default: made from name and url.',
        'my-weekly.example.com',
      ),
    ),
  name: oneLine.meta(described('The name of the newsletter.', 'My Weekly')),
  tagline: oneLine.optional().meta(described('One line about it, for the archive.', 'Five links on Tuesday')),
  url: webUrl
    .transform((url) => url.replace(/\/+$/, ''))
    .meta(
      described('Where the archive is on the web. Images in emails load from there.', 'https://example.com'),
    ),
  language: language
    .default('en')
    .meta(described('The language of the issues, as a BCP 47 tag.', 'en', 'pt-BR')),
  timezone: timezone
    .default('UTC')
    .meta(described('The time zone of dates and times, as an IANA name.', 'America/New_York')),
  author: object({
    name: oneLine.meta(described('The name of the author.', 'Jane Doe')),
    url: webUrl.optional().meta(described('The page of the author.', 'https://example.com/jane')),
  })
    .optional()
    .meta(described('Who writes the newsletter. Default: the sender.')),
  address: z
    .string()
    .trim()
    .min(1)
    .optional()
    .meta(
      described(
        'The postal address in the footer of each email.',
        'My Weekly, 1 Example Street, Exampletown',
      ),
    ),
  social: z
    .array(
      object({
        name: oneLine.meta(described('The name of the link.', 'Mastodon')),
        url: webUrl.meta(described('The address of the profile.', 'https://social.example.com/@jane')),
      }).meta(described('A link to a profile.')),
    )
    .default([])
    .meta(described('Links to profiles, in the footer.')),
}).transform((facts) => ({ ...facts, id: facts.id ?? derivedListId(facts) }));

const audience = section({
  file: oneLine
    .default('subscribers.csv')
    .meta(described('The subscriber list, a CSV file relative to obn.yaml.', 'subscribers.csv')),
  ledger: z
    .boolean()
    .default(false)
    .meta(
      described(
        'Whether readers who signed up and confirmed get the newsletter, in addition to the list.',
        true,
      ),
    ),
  segments: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .meta(
      described('Named parts of the list. Each is a MongoDB query over the columns.', {
        beginners: { tags: 'beginner' },
      }),
    ),
});

/** A host as in a URL: lowercase ASCII. */
const host = address
  .refine(isHost, 'must be a host name, such as example.com')
  .transform((name) => new URL(`https://${name}`).hostname);

const utm = object({
  source: oneLine.optional().meta(described('The value of utm_source.', 'my-weekly')),
  medium: oneLine.optional().meta(described('The value of utm_medium.', 'email')),
  campaign: oneLine.optional().meta(described('The value of utm_campaign.', 'issue-{{issue.number}}')),
  content: oneLine.optional().meta(described('The value of utm_content.', 'links')),
  exclude: z
    .array(host)
    .default([])
    .meta(described('Hosts whose links get no utm parameters.', ['example.com'])),
});

/** A topic that readers can choose; those who choose it get its tag. */
const topic = object({
  tag: oneLine
    .refine((tag) => !/[;,]/.test(tag) && tag.trim() === tag, 'must be a single tag, without , or ; in it')
    .meta(described('The tag that a reader gets.', 'aws')),
  name: oneLine.meta(described('The name of the topic, as readers see it.', 'Cloud news')),
  about: oneLine.optional().meta(described('One line about the topic.', 'What is new, once a month')),
});

const serve = section({
  url: webUrl
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta(
      described(
        'Where readers reach `obn serve`. Default: the folder of unsubscribe.url.',
        'https://news.example.com',
      ),
    ),
  subscribe: z.boolean().default(true).describe('Whether people can sign up there.'),
  confirm_hours: z.number().int().min(1).max(720).default(48).describe('How long a confirmation link works.'),
  emails_per_hour: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(300)
    .describe('How many confirmation emails `obn serve` sends per hour, to all addresses together.'),
  topics: z
    .array(topic)
    .max(50)
    .refine((topics) => new Set(topics.map(({ tag }) => tag)).size === topics.length, 'contains a tag twice')
    .default([])
    .meta(
      described('Topics that readers can choose. Each is a tag, for the queries of segments.', [
        { tag: 'aws', name: 'Cloud news' },
      ]),
    ),
  origins: z
    .array(webUrl.transform((url) => new URL(url).origin))
    .default([])
    .meta(described('Other sites whose scripts may send the subscribe form.', ['https://blog.example.com'])),
});

/** Schema of obn.yaml: unknown keys are errors, and every key that can have a default has one. */
export const configSchema = object({
  newsletter: newsletter.meta(described('What the newsletter is.')),
  from: object({
    name: oneLine.meta(described('The name of the sender.', 'Jane Doe')),
    email: email.meta(described('The address of the sender, at your own domain.', 'jane@example.com')),
  }).meta(described('The sender of each email.')),
  reply_to: email.optional().meta(described('Where replies go. Default: the sender.', 'replies@example.com')),
  subject: oneLine
    .default('{{newsletter.name}}: Issue #{{issue.number}}')
    .meta(described('The subject of issues that have none of their own.', '{{issue.title}}')),
  theme: theme.meta(described('How the newsletter looks.')),
  audience: audience.meta(described('Who gets the newsletter.')),
  send: section({
    transport: z
      .enum(transportNames)
      .default(DEFAULT_TRANSPORT)
      .meta(described('How emails are sent. The default writes files and sends nothing.', 'smtp')),
    rate: rate
      .default('auto')
      .meta(
        described<string | number>('Messages per second at most; `auto` adapts to the provider.', 'auto', 14),
      ),
    require_approval: z
      .boolean()
      .default(false)
      .meta(described('Whether `obn send` sends an issue only after `obn approve`.', true)),
  }).meta(described('How issues are sent.')),
  ...transportSchemas,
  ledger: address
    .default('sqlite:.obn/ledger.db')
    .meta(
      described(
        'Where obn records each delivery: a file, or a PostgreSQL server.',
        'sqlite:.obn/ledger.db',
        `\${OBN_LEDGER}`,
      ),
    ),
  unsubscribe: section({
    url: endpoint
      .optional()
      .meta(described('The page of the unsubscribe links.', 'https://news.example.com/unsubscribe')),
    secret: z
      .union([oneLine, z.array(oneLine)], { error: 'must be text, or a list of texts' })
      .optional()
      .meta(
        described(
          'The key that signs links. In a list, the first signs, and links signed with any of them work.',
          `\${OBN_SECRET}`,
        ),
      ),
  }).meta(described('How readers unsubscribe.')),
  tracking: section({
    utm: utm.optional().meta(described('Parameters that obn adds to the links of an issue.')),
    opens: z.boolean().default(false).meta(described('Whether the provider tracks opens.', false)),
    clicks: z.boolean().default(false).meta(described('Whether the provider tracks clicks.', false)),
  }).meta(described('What is measured. Default: nothing.')),
  check: section({
    off: z
      .record(z.string(), oneLine)
      .default({})
      .meta(
        described('Rules that are switched off, each with a reason.', {
          'link/bare': 'our readers like URLs',
        }),
      ),
  }).meta(described('What `obn check` looks for.')),
  archive: section({
    out: oneLine.default('site').meta(described('The folder of the site, relative to obn.yaml.', 'site')),
    base: sitePath
      .optional()
      .meta(described('The path of the site on its host. Default: the path of newsletter.url.', '/news')),
    subscribe: webUrl
      .optional()
      .meta(
        described(
          'The URL that the subscribe form posts to. Without it there is no form.',
          'https://news.example.com/subscribe',
        ),
      ),
    card_font: oneLine
      .optional()
      .meta(
        described(
          "A font file (.ttf, .otf), relative to obn.yaml, for share cards in a script that obn's fonts lack.",
          'fonts/script.ttf',
        ),
      ),
  }).meta(described('The public archive.')),
  serve: serve.meta(described('The pages of `obn serve`.')),
});

export type Config = z.output<typeof configSchema>;

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isSitePath(path: string): boolean {
  return (
    /^\/(?!\/)[^\s?#"'<>\\]*$/.test(path) && !path.split('/').some((part) => part === '.' || part === '..')
  );
}

function isHost(name: string): boolean {
  return /^[^\s/:@?#*\\]+$/.test(name) && URL.canParse(`https://${name}`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
