import { join } from 'node:path';
import { withoutSwitchedOff } from '../../check/check.js';
import { askAll } from '../../check/network/ask-all.js';
import { readGood, writeGood } from '../../check/network/cache.js';
import { isOffline, isRefused, linkFindings, placesOf } from '../../check/network/links.js';
import { GOOD, type Verdict } from '../../check/network/verdict.js';
import type { Newsletter } from '../../config/load.js';
import { configurationError, EXIT, ObnError } from '../../findings/error.js';
import type { Finding } from '../../findings/finding.js';
import type { Issue } from '../../issue/issue.js';
import { askWeb } from '../../platform/web.js';
import type { RenderedIssue } from '../../render/rendered.js';
import type { CommandContext } from '../command.js';

/** What came of asking for the addresses of some issues. */
export interface LinkCheck {
  readonly findings: Finding[];
  /** How many addresses are what. */
  readonly counts: Readonly<Record<Verdict['kind'], number>>;
}

/**
 * Asks for every web address of these issues that has not had a good answer within a day.
 * @param allowPrivate whether addresses of this machine and its network are requested, too
 * @throws ObnError when it was interrupted, or there is no network.
 */
export async function checkLinks(
  context: CommandContext,
  newsletter: Newsletter,
  issues: readonly { readonly issue: Issue; readonly rendered: RenderedIssue }[],
  allowPrivate = false,
): Promise<LinkCheck> {
  const placed = issues.map(({ issue, rendered }) => ({
    issue,
    places: placesOf(rendered.outline, issue.document),
  }));
  const addresses = new Set(placed.flatMap(({ places }) => places.map(({ address }) => address)));
  const verdicts = await verdictsOn(context, newsletter, addresses, allowPrivate);
  const findings = placed.flatMap(({ issue, places }) =>
    withoutSwitchedOff(linkFindings(places, verdicts), newsletter, issue),
  );
  const counts = { good: 0, dead: 0, unsure: 0, unknown: 0 };
  for (const { kind } of verdicts.values()) counts[kind] += 1;
  const refused = [...verdicts.values()].filter(isRefused).length;
  if (refused > 0) context.output.talk(refusedText(refused));
  return { findings, counts };
}

async function verdictsOn(
  { clock, interruptible, output }: CommandContext,
  { root }: Newsletter,
  addresses: ReadonlySet<string>,
  allowPrivate: boolean,
): Promise<Map<string, Verdict>> {
  // A good answer of a private address is not one for a check that requests none.
  const cache = join(root, '.obn', 'cache', allowPrivate ? 'links-private.json' : 'links.json');
  const good = await readGood(cache, clock.now());
  const known = [...addresses].filter((address) => good.has(address));
  const wanted = [...addresses].filter((address) => !good.has(address));
  let done = 0;
  const onVerdict = (address: string, { kind }: Verdict) => {
    done += 1;
    if (kind === 'good') good.set(address, clock.now());
    output.progress(`${done}/${wanted.length} links, ${new URL(address).host}`, done / wanted.length);
  };
  const { signal, dispose } = interruptible('Stopping.');
  try {
    const asked = await askAll(wanted, { ask: askWeb, clock, signal, allowPrivate, onVerdict });
    await writeGood(cache, good, clock.now());
    if (signal.aborted) throw stopped(done, wanted.length);
    if (isOffline(asked)) throw offline(asked.size);
    return new Map([...known.map((address) => [address, GOOD] as const), ...asked]);
  } finally {
    dispose();
  }
}

function refusedText(count: number): string {
  return `Links to private addresses, not requested: ${count}. Those of the issue itself are requested with --allow-private.`;
}

function stopped(done: number, all: number): ObnError {
  const hint = 'run it again; what has had a good answer is not asked for again within a day';
  return new ObnError(EXIT.stopped, `stopped when ${done} of ${all} links had been asked for`, { hint });
}

function offline(count: number): ObnError {
  const hint = 'look whether this machine is connected, or leave out --links';
  return configurationError(`not one host of ${count} links could be found: there seems to be no network`, {
    hint,
  });
}
