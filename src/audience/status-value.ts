import { trimInvisible } from './address.js';
import { dateOf } from './dates.js';
import type { RowStatus } from './row-status.js';
import type { StatusColumn } from './status-column.js';

/** From the weakest to the strongest; the strongest of several columns counts. */
const ORDER: readonly RowStatus[] = ['subscribed', 'pending', 'unsubscribed', 'bounced', 'complained'];

/** The stronger of two statuses. */
export function worst(first: RowStatus, second: RowStatus): RowStatus {
  return ORDER.indexOf(second) > ORDER.indexOf(first) ? second : first;
}

/** Words without accents, spaces and separators, as platforms and people write a status. */
const WORDS: Readonly<Record<RowStatus, string>> = {
  subscribed:
    'subscribed subscriber active enabled confirmed regular ok optedin optin aktiv angemeldet abonniert bestatigt ' +
    'actif active abonne abonnee inscrit inscrite confirme activo activa suscrito suscrita confirmado',
  pending:
    'pending unconfirmed notconfirmed waiting unverified ausstehend unbestatigt enattente nonconfirme pendiente ' +
    'noconfirmado doubleoptinpending',
  unsubscribed:
    'unsubscribed unsubscribe unsub inactive disabled blocklisted blacklisted blocked optedout optout removed deleted ' +
    'cancelled canceled suppressed suspended archived abgemeldet inaktiv gesperrt geloscht ausgetragen desabonne ' +
    'desabonnee desinscrit desinscrite inactif inactive bloque supprime baja cancelado inactivo bloqueado eliminado',
  bounced: 'bounced bounce cleaned undeliverable hardbounce hardbounced hard unzustellbar rebote rebotado',
  complained: 'complained complaint spam spamcomplaint spamreport abuse beschwerde plainte queja',
};

const MEANINGS = new Map(
  ORDER.flatMap((status) => WORDS[status].split(' ').map((word) => [word, status] as const)),
);

const YES = new Set('true 1 yes y t on x ja oui si sim wahr vrai verdadero checked'.split(' '));
const NO = new Set('false 0 no n f off nein non falsch faux falso unchecked'.split(' '));

/** Whether a text says yes or no; undefined: neither. */
export function booleanOf(text: string): boolean | undefined {
  const word = plain(trimInvisible(text).toLowerCase());
  if (YES.has(word)) return true;
  return NO.has(word) ? false : undefined;
}

/** Ways to write that there is no value; MySQL writes a date with only zeros. */
const NOTHING =
  /^(?:|[-\u2013\u2014]+|null|\(null\)|\\n|#n\/a|n\/a|none|never|nil|undefined|0000-00-00.*|00[./]00[./]0000.*)$/i;

/**
 * The meaning of a value in a column of this kind; undefined when it is unknown.
 * @param extra meanings of further values from the user, in lowercase
 */
export function meaningOf(
  { kind, meaning, isText }: StatusColumn,
  value: string,
  extra: ReadonlyMap<string, RowStatus> = new Map(),
): RowStatus | undefined {
  const text = trimInvisible(value).toLowerCase();
  const told = extra.get(text);
  if (told) return told;
  if (NOTHING.test(text)) return kind === 'consent' ? meaning : 'subscribed';
  const known = MEANINGS.get(plain(text));
  if (known) return known;
  if (kind === 'words') return undefined;
  if (YES.has(plain(text)) || text === '\u2713' || dateOf(text) !== undefined)
    return kind === 'consent' ? 'subscribed' : meaning;
  if (NO.has(plain(text))) return kind === 'consent' ? meaning : 'subscribed';
  return isText ? meaning : undefined;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replaceAll('\u00df', 'ss');
}
