import { visible } from '../../findings/visible.js';
import type { WebAnswer, WebError, WebFailure } from '../../platform/web.js';

/** The result for a link. `unknown`: the server does not answer programs, or not now. */
export type Verdict =
  | { readonly kind: 'good' }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'dead' | 'unsure';
      readonly cause: WebFailure | 'status' | 'redirect';
      /** The result as the end of a sentence, such as `answers 404 Not Found`. */
      readonly said: string;
      readonly remedy: string;
    };

export const GOOD: Verdict = { kind: 'good' };
export const UNKNOWN: Verdict = { kind: 'unknown' };

const MAX_WORDS = 60;
const LOOK =
  'open it in a browser; if it works there, add a comment to the line: # obn-ignore link/unsure: why';
const GONE = 'link to the new address of the page, or to a copy, such as at web.archive.org';

/** @param answer not a redirect */
export function verdictOfAnswer({ status, words, headers }: WebAnswer): Verdict {
  if (status >= 200 && status < 300) return GOOD;
  // Cloudflare sends this header with a challenge that only browsers pass.
  if (headers['cf-mitigated'] === 'challenge' || status === 429) return UNKNOWN;
  const said = `answers ${status} ${visible(words).slice(0, MAX_WORDS)}`.trim();
  if (status === 404 || status === 410) return { kind: 'dead', cause: 'status', said, remedy: GONE };
  const closed = status === 401 || status === 407;
  const remedy = closed
    ? 'the page requires a login, which readers may not have; link to a public page'
    : LOOK;
  return { kind: 'unsure', cause: 'status', said, remedy };
}

type Told = readonly [kind: 'dead' | 'unsure', said: (message: string) => string, remedy: string];

const FAILURES: Readonly<Record<Exclude<WebFailure, 'stopped'>, Told>> = {
  'no-host': ['dead', () => 'is on a host that does not exist', 'check the spelling of the host name'],
  'no-name-server': [
    'unsure',
    () => 'is on a host whose name could not be resolved',
    'check the network connection of this machine, and try again',
  ],
  refused: ['dead', () => 'is on a host that refuses the connection', GONE],
  'time-out': ['unsure', (message) => `gave ${message}`, LOOK],
  'not-secure': [
    'unsure',
    (message) => `cannot be reached securely: ${message}`,
    'open it in a browser: if the browser warns you, it warns your readers, too',
  ],
  private: [
    'unsure',
    () => 'is on a private network, so obn did not request it',
    'link to an address that readers can reach',
  ],
  broken: ['unsure', (message) => `could not be loaded: ${message}`, LOOK],
};

export function verdictOfError({ failure, message }: WebError): Verdict {
  if (failure === 'stopped') return UNKNOWN;
  const [kind, said, remedy] = FAILURES[failure];
  return { kind, cause: failure, said: said(visible(message)), remedy };
}

export function redirectVerdict(said: string): Verdict {
  return { kind: 'unsure', cause: 'redirect', said, remedy: LOOK };
}

/** The verdict on an address that redirects to `target`. */
export function through(target: string, verdict: Verdict): Verdict {
  if (!('said' in verdict)) return verdict;
  return { ...verdict, said: `redirects to ${visible(target)}, which ${verdict.said}` };
}
