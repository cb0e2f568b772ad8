import { segmentTest } from '../../audience/segment.js';
import { locateList } from '../../config/list.js';
import type { Newsletter } from '../../config/load.js';
import type { AudienceSource } from '../../delivery/audience.js';
import { usageError } from '../../findings/error.js';
import type { Ledger } from '../../ledger/ledger.js';
import { transportKinds } from '../../transport/table.js';
import type { CommandContext } from '../command.js';
import type { SendOptions } from './send-options.js';

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

/** The list, and the part of it that the flag or the issue names. */
export function audienceOf(
  {
    newsletter,
    options,
  }: Pick<SendSession, 'newsletter'> & { options: Pick<SendOptions, 'segment' | 'list'> },
  issueSegment: string | undefined,
): AudienceSource {
  const name = options.segment ?? issueSegment;
  const segment = name === undefined ? undefined : segmentTest(name, newsletter.config.audience.segments);
  return { ...locateList(newsletter, options.list), segment };
}
