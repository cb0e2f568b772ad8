import type { OptOut } from '../audience/duplicates.js';
import { segmentTest } from '../audience/segment.js';
import type { CommandContext } from '../commands/command.js';
import type { SendOptions } from '../commands/support/send-options.js';
import { locateList } from '../config/list.js';
import type { Newsletter } from '../config/load.js';
import type { AudienceSource } from '../delivery/audience.js';
import { usageError } from '../findings/error.js';
import type { Ledger } from '../ledger/ledger.js';
import { transportKinds } from '../transport/table.js';
import { knownSecrets } from './signing-secret.js';

/** What every form of `obn send` works with. */
export interface SendSession {
  readonly context: CommandContext;
  readonly newsletter: Newsletter;
  readonly ledger: Ledger;
  readonly options: SendOptions;
  /** Whether the ledger is there to be written, and not perhaps an empty one that stands in for it. */
  readonly writable?: boolean;
}

/** The transport that the flag or the configuration names. */
export function transportOf({
  newsletter,
  options,
}: Pick<SendSession, 'newsletter'> & { options: Pick<SendOptions, 'transport'> }) {
  const name = options.transport ?? newsletter.config.send.transport;
  const kind = transportKinds.find((one) => one.name === name);
  if (!kind) throw usageError(`there is no transport "${name}"`);
  return kind;
}

/**
 * The list, the readers of the ledger beside it, and the part of them that the flag or the issue names.
 * @param now in milliseconds since 1970; who confirms later gets the next issue
 */
export function audienceOf(
  {
    newsletter,
    options,
  }: Pick<SendSession, 'newsletter'> & { options: Pick<SendOptions, 'segment' | 'list' | 'transport'> },
  issueSegment: string | undefined,
  now: number,
  provider?: ReadonlyMap<string, OptOut>,
): AudienceSource {
  const { segments, ledger } = newsletter.config.audience;
  const name = options.segment ?? issueSegment;
  const segment =
    name === undefined ? undefined : segmentTest(name, segments, locateList(newsletter, options.list).name);
  // Another list than that of the configuration was named to be mailed alone.
  const readersUntil = ledger && options.list === undefined ? now : undefined;
  const secrets = knownSecrets(newsletter);
  const topics = newsletter.config.serve.topics.map(({ tag }) => tag);
  const { live } = transportOf({ newsletter, options });
  const list = locateList(newsletter, options.list);
  return { ...list, segment, readersUntil, secrets, topics, provider, live };
}
