import { type TransportName, transportNames } from '../../campaign/transport-names.js';
import { type OptionDefinition, option } from '../command.js';
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

export const sendOptions: readonly OptionDefinition[] = [
  option('--dry-run', 'show the plan; write and send nothing'),
  option('--test <address>', 'one copy, marked [Test], to this address; again for more', list),
  option('--due', 'send what is due, for cron and CI'),
  option('--grace <duration>', 'how late --due still sends; default: 24h', duration),
  option('--yes', 'do not ask'),
  option('--expect <count>', 'refuse any other number of recipients', countFromZero),
  option('--limit <count>', 'hand over so many at most this time', count),
  option('--rate <number>', 'messages per second at most', positive),
  option('--segment <name>', 'instead of the segment of the issue'),
  option('--list <file>', 'instead of the list of obn.yaml'),
  option('--transport <name>', transportNames.join(', '), oneOf(transportNames)),
  option('--ledger <url>', 'instead of the ledger of obn.yaml'),
  option('--new-ledger', 'send live although the ledger has no history'),
  option('--skip-image-check', 'send live although images cannot be requested'),
  option(
    '--accept-ledger',
    'of a ledger that was lost: mark what may have been handed over as unknown; sends nothing',
  ),
  option('--retry-rejected', 'try those again that were rejected'),
  option('--retry-unknown', 'send to those again of whom nobody knows; some get it twice'),
];

/** Options as the parser gives them, with what they are when they are left out. */
export function withDefaults(options: Partial<SendOptions>): SendOptions {
  return { grace: DAY_MS, ...options };
}
