import type { RowStatus } from './row-status.js';

/** The meaning of a column for whether a row may be mailed. */
export interface StatusColumn {
  /** `words`: a status in words; `left`: a yes or a date is an opt-out; `consent`: a yes or a date is an opt-in. */
  readonly kind: 'words' | 'left' | 'consent';
  /** For `left`, the meaning of a yes; for `consent`, the meaning of a no or of nothing. */
  readonly meaning: Exclude<RowStatus, 'subscribed'>;
  /** Whether any text means yes, such as the reason for an opt-out. */
  readonly isText: boolean;
  /** Whether the whole name is about email. Otherwise, an unknown value may be about something else. */
  readonly isSure: boolean;
}

interface Rule {
  readonly kind: StatusColumn['kind'];
  readonly meaning: StatusColumn['meaning'];
  readonly names: string;
}

/** Parts of column names, without accents, spaces and separators; the first rule that matches counts. */
const RULES: readonly Rule[] = [
  { kind: 'left', meaning: 'pending', names: 'unconfirmed|notconfirmed|unverified|unbestatigt' },
  {
    ...{ kind: 'left', meaning: 'complained' },
    names:
      'spamcomplaints?|spamreport(?:s|ed)?|complain(?:ed|ts?|s)?|markedasspam|beschwerden?|plaintes?|quejas?',
  },
  {
    ...{ kind: 'left', meaning: 'bounced' },
    names:
      'bounce[ds]?|bouncing|undeliverable|undelivered|cleaned|clean|unzustellbar|rebonds?|rebotad[oa]|rebotes?',
  },
  {
    ...{ kind: 'left', meaning: 'unsubscribed' },
    names: [
      'unsubscri(?:bed?|ption)|unsub|opte?d?out|opting?out|(?:black|block|deny)list(?:ed)?|blocked|block',
      'deleted?|removed?|erased|disabled|deactivated|inactive|suspended|suppress(?:ed|ion)?|archived|cancell?ed',
      'donot(?:e?mail|contact|send)|noe?mail|nomailing|dontmail',
      'abgemeldet|abmelde(?:datum)?|abmeldung|abbestellt|ausgetragen|gesperrt|gelosch?t|widerruf(?:en)?|widerspruch',
      'deaktiviert|inaktiv|desabonne(?:e|ment)?|desinscri(?:t|te|ption)|inacti[fv]e?|bloquee?|supprimee?',
      'debaja|baja|cancelad[oa]|bloquead[oa]|eliminad[oa]|borrad[oa]|inactiv[oa]|desuscrit[oa]',
    ].join('|'),
  },
  {
    ...{ kind: 'consent', meaning: 'pending' },
    names: [
      'double(?:opt)?in|doi|opte?d?in|confirm(?:ed|ation)?|verified|consent(?:ed|ement)?|permission',
      'bestatigt|bestatigung|einwilligung|zustimmung|confirmee?|confirmad[oa]|consentimiento|verificad[oa]',
    ].join('|'),
  },
  {
    ...{ kind: 'consent', meaning: 'unsubscribed' },
    names: [
      'subscribed|acceptse?mails?|acceptsmarketing|acceptse?mailmarketing|enabled',
      'angemeldet|abonniert|abonnee?|inscrite?|suscrit[oa]|active|aktiv|actif|activ[oa]',
    ].join('|'),
  },
  {
    ...{ kind: 'words', meaning: 'unsubscribed' },
    names: 'status|state|zustand|statut|etat|estado|estatus|stato',
  },
];

/** Other words that may be in the name of such a column. */
const BESIDE = [
  'e?mails?|newsletters?|mailings?|list|contact|subscri(?:ber|ption)|member|user|customer|account|marketing|global(?:ly)?',
  'hard|soft|is|has|was|been|date|datum|time|timestamp|reason|grund|at|on|am|le|from|all|any|of|the|by|to|in|for|via|abo',
  'flag|yes|no|campaign|title|other|gdpr|dsgvo|rgpd|fecha|de|la|el|von|vom',
].join('|');

/** Names of columns about when or how a reader subscribed, or with links and ids, which say nothing about consent. */
const UNRELATED = [
  '(?:url|link|uri|ip|token|hash|key|id|source|agent|counts?|anzahl)$',
  '^(?:subscribed|angemeldet|abonniert|inscrite?|suscrit[oa]|abonnee?)(?:at|on|date|datum|am|le|seit|since|time)$',
];

const unrelated = new RegExp(UNRELATED.join('|'));
const tests = RULES.map(({ names, ...rule }) => ({
  rule,
  is: new RegExp(`^(?:${names})$`),
  has: new RegExp(names),
}));
const sure = new RegExp(`^(?:${RULES.map(({ names }) => names).join('|')}|${BESIDE})+$`);

const known = new Map<string, StatusColumn | undefined>();
const MAX_KNOWN = 10_000;

/** The meaning of a column for whether rows may be mailed, by its name in any spelling; undefined: none. */
export function statusColumn(name: string): StatusColumn | undefined {
  if (known.has(name)) return known.get(name);
  const found = recognize(name);
  if (known.size < MAX_KNOWN) known.set(name, found);
  return found;
}

function recognize(name: string): StatusColumn | undefined {
  const words = plainWords(name);
  const whole = words.join('');
  if (whole === 'subscribedat' || unrelated.test(whole)) return undefined;
  const isWhole = sure.test(whole);
  const runs = words.flatMap((_, from) => [1, 2, 3].map((count) => words.slice(from, from + count).join('')));
  const rule = tests.find(({ is, has }) =>
    isWhole ? has.test(whole) : runs.some((run) => is.test(run)),
  )?.rule;
  if (!rule) return undefined;
  const isWords = rule.kind === 'words' || (rule.kind === 'consent' && /stat(?:us|ut|o)$/.test(whole));
  return {
    ...rule,
    kind: isWords ? 'words' : rule.kind,
    isText: rule.kind === 'left' && TEXTS.test(whole),
    isSure: isWhole && !UNSURE.test(whole),
  };
}

/** The values that a new row needs in consent columns so that it does not count as `pending`. */
export function agreed(columns: readonly string[]): Record<string, string> {
  const needed = columns.filter((name) => {
    const column = statusColumn(name);
    return column?.kind === 'consent' && column.isSure;
  });
  return Object.fromEntries(needed.map((name) => [name, 'yes']));
}

/** Names of columns with the reason for an opt-out, in any words. */
const TEXTS = /reason|grund|campaign|title|motivo|raison|comment/;

/** Ambiguous names: a state may be part of a country, and not only subscriptions are active. */
const UNSURE = /^(?:state|zustand|etat|estado)$|(?<!in)(?:acti[fv][eoa]?|aktiv)/;

/** The words of a name without accents and separators. */
function plainWords(name: string): string[] {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
