import { z } from 'zod';
import { address, email, object, oneLine, section, webUrl } from '../document/fields.js';
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
    .describe(
      'List-ID of the newsletter. Unsubscribe links are signed for it, so never change it. Default: made from name and url.',
    ),
  name: oneLine,
  tagline: oneLine.optional(),
  url: webUrl.transform((url) => url.replace(/\/+$/, '')),
  language: language.default('en'),
  timezone: timezone.default('UTC'),
  author: object({ name: oneLine, url: webUrl.optional() }).optional(),
  address: z.string().trim().min(1).optional(),
  social: z.array(object({ name: oneLine, url: webUrl })).default([]),
}).transform((facts) => ({ ...facts, id: facts.id ?? derivedListId(facts) }));

const audience = section({
  file: oneLine.default('subscribers.csv'),
  /** Whether readers who signed up and confirmed get the newsletter, in addition to the list. */
  ledger: z.boolean().default(false),
  /** name -> a query over the fields of a subscriber, as a MongoDB query. */
  segments: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** A host as in a URL: lowercase ASCII. */
const host = address
  .refine(isHost, 'must be a host name, such as example.com')
  .transform((name) => new URL(`https://${name}`).hostname);

const utm = object({
  source: oneLine.optional(),
  medium: oneLine.optional(),
  campaign: oneLine.optional(),
  content: oneLine.optional(),
  /** Hosts whose links get no utm parameters. */
  exclude: z.array(host).default([]),
});

/** A topic that readers can choose; those who choose it get its tag. */
const topic = object({
  tag: oneLine.refine(
    (tag) => !/[;,]/.test(tag) && tag.trim() === tag,
    'must be a single tag, without , or ; in it',
  ),
  name: oneLine,
  about: oneLine.optional(),
});

const serve = section({
  url: webUrl
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('Where readers reach `obn serve`. Default: the folder of unsubscribe.url.'),
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
    .describe('Topics that readers can choose; each is a tag, for the queries of segments.'),
  origins: z
    .array(webUrl.transform((url) => new URL(url).origin))
    .default([])
    .describe('Other sites whose scripts may send the subscribe form.'),
});

/** Schema of obn.yaml: unknown keys are errors, and every key that can have a default has one. */
export const configSchema = object({
  newsletter,
  from: object({ name: oneLine, email }),
  reply_to: email.optional(),
  subject: oneLine.default('{{newsletter.name}}: Issue #{{issue.number}}'),
  theme,
  audience,
  send: section({
    transport: z.enum(transportNames).default(DEFAULT_TRANSPORT),
    rate: rate.default('auto'),
    /** Whether `obn send` and `obn send --due` send an issue only after `obn approve`. */
    require_approval: z.boolean().default(false),
  }),
  ...transportSchemas,
  ledger: address.default('sqlite:.obn/ledger.db'),
  unsubscribe: section({
    url: endpoint.optional(),
    secret: z
      .union([oneLine, z.array(oneLine)], { error: 'must be text, or a list of texts' })
      .optional()
      .describe(
        'The key that signs links. In a list, the first signs, and links signed with any of them work.',
      ),
  }),
  tracking: section({
    utm: utm.optional(),
    opens: z.boolean().default(false),
    clicks: z.boolean().default(false),
  }),
  check: section({
    /** Rules that are switched off, each with a reason. */
    off: z.record(z.string(), oneLine).default({}),
  }),
  archive: section({
    out: oneLine.default('site'),
    /** The path of the site on its host; default: the path of newsletter.url. */
    base: sitePath.optional(),
    /** The URL that the subscribe form posts to; without it there is no form. */
    subscribe: webUrl.optional(),
    /** A font file (.ttf, .otf), relative to obn.yaml, for share cards in a script that obn's fonts lack. */
    card_font: oneLine.optional(),
  }),
  serve,
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
