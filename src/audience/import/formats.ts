import { dropped, type ExportFormat, type ExportRow, type ImportStatus, meaning } from './format.js';

/** Mailchimp exports readers who unsubscribed or bounced ("cleaned") to separate files. */
const mailchimp: ExportFormat = {
  name: 'Mailchimp',
  marks: ['email_address'],
  oneOf: ['member_rating', 'leid', 'euid', 'unsub_time', 'clean_time', 'optin_time'],
  columns: {
    email_address: 'email',
    tags: 'tags',
    optin_time: 'subscribed_at',
    ...dropped('member_rating', 'optin_ip', 'confirm_time', 'confirm_ip', 'latitude', 'longitude', 'gmtoff'),
    ...dropped('dstoff', 'timezone', 'cc', 'region', 'last_changed', 'leid', 'euid'),
    ...dropped(
      'unsub_time',
      'unsub_campaign_title',
      'unsub_campaign_id',
      'unsub_reason',
      'unsub_reason_other',
    ),
    ...dropped('clean_time', 'clean_campaign_title', 'clean_campaign_id'),
  },
  status(row, file) {
    if (/spam|abuse|complain/i.test(row.unsub_reason ?? '')) return 'complained';
    if ('clean_time' in row || /^cleaned/i.test(file)) return 'bounced';
    if ('unsub_time' in row || /^unsubscribed/i.test(file)) return 'unsubscribed';
    // Mailchimp has no consent to marketing from these contacts.
    return /^nonsubscribed/i.test(file) ? 'pending' : 'subscribed';
  },
};

const substack: ExportFormat = {
  name: 'Substack',
  marks: ['email', 'active_subscription'],
  columns: {
    created_at: 'subscribed_at',
    active_subscription: 'paid',
    plan: 'plan',
    ...dropped('email_disabled', 'expiry', 'first_payment_at', 'first_payment_date', 'digest_enabled'),
  },
  status: (row) => (isTrue(row.email_disabled) ? 'unsubscribed' : 'subscribed'),
};

const BUTTONDOWN: Readonly<Record<string, ImportStatus>> = {
  ...{ '': 'subscribed', regular: 'subscribed', premium: 'subscribed', gifted: 'subscribed' },
  ...{ trialed: 'subscribed', churned: 'subscribed', churning: 'subscribed', past_due: 'subscribed' },
  ...{ unactivated: 'pending', paused: 'pending', upcoming: 'pending' },
  ...{ unsubscribed: 'unsubscribed', removed: 'unsubscribed', blocked: 'unsubscribed' },
  ...{ undeliverable: 'bounced', complained: 'complained', spammy: 'complained', malicious: 'complained' },
};

const buttondown: ExportFormat = {
  name: 'Buttondown',
  marks: [],
  oneOf: ['subscriber_type', 'secondary_id', 'referrer_url'],
  columns: {
    email_address: 'email',
    creation_date: 'subscribed_at',
    metadata: 'json',
    tags: 'tags',
    notes: 'notes',
    ...dropped('id', 'type', 'subscriber_type', 'secondary_id', 'referrer_url', 'source', 'avatar_url'),
    ...dropped('utm_campaign', 'utm_medium', 'utm_source', 'ip_address', 'unsubscription_reason'),
    ...dropped('unsubscription_date', 'churn_date', 'undeliverability_date', 'undeliverability_reason'),
    ...dropped('last_open_date', 'last_click_date', 'risk_score', 'referral_code', 'stripe_customer_id'),
  },
  status: (row) => {
    if (row.unsubscription_date) return 'unsubscribed';
    return meaning(row.subscriber_type ?? row.type, BUTTONDOWN);
  },
};

const ghost: ExportFormat = {
  name: 'Ghost',
  marks: ['email', 'subscribed_to_emails'],
  columns: {
    name: 'name',
    note: 'notes',
    labels: 'tags',
    created_at: 'subscribed_at',
    tiers: 'tiers',
    ...dropped(
      'id',
      'subscribed_to_emails',
      'complimentary_plan',
      'stripe_customer_id',
      'deleted_at',
      'gift_id',
    ),
  },
  status: (row) =>
    isTrue(row.subscribed_to_emails) && (row.deleted_at ?? '') === '' ? 'subscribed' : 'unsubscribed',
};

const BEEHIIV: Readonly<Record<string, ImportStatus>> = {
  ...{ active: 'subscribed', pending: 'pending', validating: 'pending', needs_attention: 'pending' },
  ...{ inactive: 'unsubscribed', unsubscribed: 'unsubscribed', invalid: 'bounced' },
};

const beehiiv: ExportFormat = {
  name: 'Beehiiv',
  marks: ['email', 'status'],
  oneOf: [
    'subscription_tier',
    'acquisition_source',
    'referring_site',
    'utm_channel',
    'premium_tiers',
    'tier',
  ],
  columns: {
    created_at: 'subscribed_at',
    subscribed_at: 'subscribed_at',
    tags: 'tags',
    ...dropped('id', 'subscriber_id', 'status', 'subscription_tier', 'tier', 'premium_tiers'),
    ...dropped('subscription_premium_tier_names', 'stripe_customer_id', 'referral_code', 'referring_site'),
    ...dropped('acquisition_source', 'utm_source', 'utm_medium', 'utm_channel', 'utm_campaign', 'utm_term'),
    ...dropped('utm_content', 'open_rate', 'click_rate', 'last_opened_at', 'last_clicked_at', 'total_sent'),
    ...dropped(
      'total_received',
      'total_opened',
      'total_unique_opened',
      'total_clicked',
      'total_unique_clicked',
    ),
    ...dropped('unsubscribed_at', 'referral_count', 'is_stripe_customer'),
  },
  status: (row) => meaning(row.status, BEEHIIV),
};

const LISTMONK: Readonly<Record<string, ImportStatus>> = {
  ...{ enabled: 'subscribed', disabled: 'unsubscribed', blocklisted: 'unsubscribed' },
};

const listmonk: ExportFormat = {
  name: 'listmonk',
  marks: ['uuid', 'email', 'attributes'],
  columns: {
    name: 'name',
    attributes: 'json',
    created_at: 'subscribed_at',
    ...dropped('uuid', 'status', 'updated_at'),
  },
  status: (row) => meaning(row.status, LISTMONK),
};

/** A list of obn, or one with similar column names. */
export const plain: ExportFormat = {
  name: 'a plain list',
  marks: [],
  columns: {
    ...{ e_mail: 'email', email_address: 'email', mail: 'email', firstname: 'first_name' },
    ...{
      lastname: 'last_name',
      surname: 'last_name',
      name: 'name',
      full_name: 'name',
      created_at: 'subscribed_at',
    },
  },
  // In every format, obn finds columns with opt-outs by their names.
  status: () => 'subscribed',
};

/** Platforms whose exports are recognized by their columns. To add one, add an entry here. */
export const exportFormats: readonly ExportFormat[] = [
  mailchimp,
  listmonk,
  ghost,
  substack,
  buttondown,
  beehiiv,
];

/** The format of a header. @param columns in lowercase, with `_` for spaces */
export function recogniseFormat(columns: readonly string[]): ExportFormat {
  const has = (name: string) => columns.includes(name);
  const fits = ({ marks, oneOf }: ExportFormat) => marks.every(has) && (!oneOf || oneOf.some(has));
  return exportFormats.find(fits) ?? plain;
}

function isTrue(text: ExportRow[string] | undefined): boolean {
  return /^(true|1|yes|t)$/i.test((text ?? '').trim());
}
