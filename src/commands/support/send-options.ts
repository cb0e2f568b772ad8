import { type TransportName, transportKinds } from '../../transport/table.js';
import type { OptionDefinition } from '../command.js';
import { count, countFromZero, duration, list, oneOf, positive } from './parse.js';

/** The flags of `obn send`. */
export interface SendOptions {
  readonly dryRun?: boolean;
  readonly test?: string[];
  readonly due?: boolean;
  /** Milliseconds. */
  readonly grace: number;
  readonly limit?: number;
  readonly rate?: number;
  readonly segment?: string;
  readonly list?: string;
  readonly transport?: TransportName;
  readonly ledger?: string;
  readonly newLedger?: boolean;
  readonly acceptLedger?: boolean;
  readonly retryRejected?: boolean;
  readonly retryUnknown?: boolean;
  readonly skipImageCheck?: boolean;
  readonly yes?: boolean;
  readonly expect?: number;
}

const DAY_MS = 86_400_000;
const names = transportKinds.map((kind) => kind.name);

export const sendOptions: readonly OptionDefinition[] = [
  { flags: '--dry-run', description: 'show the plan; write and send nothing' },
  {
    flags: '--test <address>',
    description: 'one copy, marked [Test], to this address; again for more',
    parse: list,
  },
  { flags: '--due', description: 'send what is due, for cron and CI' },
  {
    flags: '--grace <duration>',
    description: 'how late --due still sends; default: 24h',
    parse: duration('--grace'),
  },
  { flags: '--yes', description: 'do not ask' },
  {
    flags: '--expect <count>',
    description: 'refuse any other number of recipients',
    parse: countFromZero('--expect'),
  },
  { flags: '--limit <count>', description: 'hand over so many at most this time', parse: count('--limit') },
  { flags: '--rate <number>', description: 'messages per second at most', parse: positive('--rate') },
  { flags: '--segment <name>', description: 'instead of the segment of the issue' },
  { flags: '--list <file>', description: 'instead of the list of obn.yaml' },
  { flags: '--transport <name>', description: `${names.join(', ')}`, parse: oneOf('--transport', names) },
  { flags: '--ledger <url>', description: 'instead of the ledger of obn.yaml' },
  { flags: '--new-ledger', description: 'send live although the ledger has no history' },
  { flags: '--skip-image-check', description: 'send live although images cannot be requested' },
  {
    flags: '--accept-ledger',
    description: 'of a ledger that was lost: mark what may have been handed over as unknown; sends nothing',
  },
  { flags: '--retry-rejected', description: 'try those again that were rejected' },
  { flags: '--retry-unknown', description: 'send to those again of whom nobody knows; some get it twice' },
];

/** Options as the parser gives them, with what they are when they are left out. */
export function withDefaults(options: Partial<SendOptions>): SendOptions {
  return { grace: DAY_MS, ...options };
}
