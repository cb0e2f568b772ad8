import { join } from 'node:path';
import type { Newsletter } from '../../config/load.js';
import { configurationError, EXIT, ObnError } from '../../findings/error.js';
import type { Finding } from '../../findings/finding.js';
import type { Issue } from '../../issue/issue.js';
import type { Clock } from '../../platform/clock.js';
import { askWeb } from '../../platform/web.js';
import type { RenderedIssue } from '../../render/rendered.js';
import { withoutSwitchedOff } from '../check.js';
import { askAll } from './ask-all.js';
import { readGood, writeGood } from './cache.js';
import { isOffline, isRefused, linkFindings, placesOf } from './links.js';
import { GOOD, type Verdict } from './verdict.js';

/** The result of requesting the addresses of some issues. */
export interface LinkCheck {
  readonly findings: Finding[];
  /** How many addresses got each verdict. */
  readonly counts: Readonly<Record<Verdict['kind'], number>>;
  /** How many addresses were not requested because they are private. */
  readonly refused: number;
}

/** One answered address. */
export interface LinkProgress {
  readonly done: number;
  readonly total: number;
  readonly host: string;
}

export interface LinkCheckOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether to request addresses of this machine and its network, too. */
  readonly allowPrivate?: boolean | undefined;
  readonly onProgress?: ((progress: LinkProgress) => void) | undefined;
}

/**
 * Requests every web address of these issues that has not had a good answer within a day.
 * @throws ObnError when it was interrupted, or there is no network
 */
export async function checkLinks(
  newsletter: Newsletter,
  issues: readonly { readonly issue: Issue; readonly rendered: RenderedIssue }[],
  options: LinkCheckOptions,
): Promise<LinkCheck> {
  const placed = issues.map(({ issue, rendered }) => ({
    issue,
    places: placesOf(rendered.outline, issue.document),
  }));
  const addresses = new Set(placed.flatMap(({ places }) => places.map(({ address }) => address)));
  const verdicts = await verdictsOn(newsletter, addresses, options);
  const findings = placed.flatMap(({ issue, places }) =>
    withoutSwitchedOff(linkFindings(places, verdicts), newsletter, issue),
  );
  const counts = { good: 0, dead: 0, unsure: 0, unknown: 0 };
  for (const { kind } of verdicts.values()) counts[kind] += 1;
  return { findings, counts, refused: [...verdicts.values()].filter(isRefused).length };
}

async function verdictsOn(
  { root }: Newsletter,
  addresses: ReadonlySet<string>,
  { clock, signal, allowPrivate = false, onProgress }: LinkCheckOptions,
): Promise<Map<string, Verdict>> {
  // A check without private addresses must not trust an answer from one.
  const cache = join(root, '.obn', 'cache', allowPrivate ? 'links-private.json' : 'links.json');
  const good = await readGood(cache, clock.now());
  const known = [...addresses].filter((address) => good.has(address));
  const wanted = [...addresses].filter((address) => !good.has(address));
  let done = 0;
  const onVerdict = (address: string, { kind }: Verdict) => {
    done += 1;
    if (kind === 'good') good.set(address, clock.now());
    onProgress?.({ done, total: wanted.length, host: new URL(address).host });
  };
  const asked = await askAll(wanted, { ask: askWeb, clock, signal, allowPrivate, onVerdict });
  await writeGood(cache, good, clock.now());
  if (signal.aborted) throw stopped(done, wanted.length);
  if (isOffline(asked)) throw offline(asked.size);
  return new Map([...known.map((address) => [address, GOOD] as const), ...asked]);
}

function stopped(done: number, all: number): ObnError {
  const hint = 'run it again; links that worked are not requested again within a day';
  return new ObnError(EXIT.stopped, `stopped after ${done} of ${all} links`, { hint });
}

function offline(count: number): ObnError {
  const hint = 'check the network connection of this machine, or leave out --links';
  return configurationError(`no host of ${count} links could be found; this machine seems to be offline`, {
    hint,
  });
}
