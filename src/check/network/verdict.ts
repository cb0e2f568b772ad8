import { visible } from '../../findings/visible.js';
import type { WebAnswer, WebError, WebFailure } from '../../platform/web.js';

/** What is to be thought of a link. Of `unknown` nothing is: the server does not talk to programs, or not now. */
export type Verdict =
  | { readonly kind: 'good' }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'dead' | 'unsure';
      readonly cause: WebFailure | 'status' | 'redirect';
      /** What came of asking, such as `answers 404 Not Found`. */
      readonly said: string;
      readonly remedy: string;
    };

export const GOOD: Verdict = { kind: 'good' };
export const UNKNOWN: Verdict = { kind: 'unknown' };

const MAX_WORDS = 60;
const LOOK =
  'open it in a browser: if it works there, `# obn-ignore link/unsure: why` beside it keeps this quiet';
const GONE = 'find where the page is now, or link a copy of it, such as the one at web.archive.org';

/** @param answer one that leads nowhere else */
export function verdictOfAnswer({ status, words, headers }: WebAnswer): Verdict {
  if (status >= 200 && status < 300) return GOOD;
  // Cloudflare's name for a page that only a browser gets past.
  if (headers['cf-mitigated'] === 'challenge' || status === 429) return UNKNOWN;
  const said = `answers ${status} ${visible(words).slice(0, MAX_WORDS)}`.trim();
  if (status === 404 || status === 410) return { kind: 'dead', cause: 'status', said, remedy: GONE };
  const closed = status === 401 || status === 407;
  const remedy = closed
    ? 'it asks for a password, which readers may not have; link something that is open'
    : LOOK;
  return { kind: 'unsure', cause: 'status', said, remedy };
}

type Told = readonly [kind: 'dead' | 'unsure', said: (message: string) => string, remedy: string];

const FAILURES: Readonly<Record<Exclude<WebFailure, 'stopped'>, Told>> = {
  'no-host': ['dead', () => 'is on a host that does not exist', 'is the name of the host spelt right?'],
  'no-name-server': [
    'unsure',
    () => 'is on a host that could not be looked up just now',
    'look whether this machine is connected, and check again',
  ],
  refused: ['dead', () => 'is on a host that refuses the connection', GONE],
  'time-out': ['unsure', (message) => `gives ${message}`, LOOK],
  'not-secure': [
    'unsure',
    (message) => `cannot be reached securely: ${message}`,
    'open it in a browser; one that warns of the site warns your readers too',
  ],
  private: [
    'unsure',
    () => 'has an address that only this network knows, so obn did not request it',
    'link what readers can reach from where they are',
  ],
  broken: ['unsure', (message) => `breaks off: ${message}`, LOOK],
};

export function verdictOfError({ failure, message }: WebError): Verdict {
  if (failure === 'stopped') return UNKNOWN;
  const [kind, said, remedy] = FAILURES[failure];
  return { kind, cause: failure, said: said(visible(message)), remedy };
}

export function redirectVerdict(said: string): Verdict {
  return { kind: 'unsure', cause: 'redirect', said, remedy: LOOK };
}

/** The verdict on an address that another one leads to, as one on that other. */
export function through(target: string, verdict: Verdict): Verdict {
  if (!('said' in verdict)) return verdict;
  return { ...verdict, said: `leads on to ${visible(target)}, which ${verdict.said}` };
}
