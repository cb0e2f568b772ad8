import { type TransportName, transportNames } from '../../campaign/transport-names.js';
import { type OptionDefinition, option } from '../command.js';
import { count, countFromZero, duration, list, oneOf, positive } from './parse.js';

/** The options of `obn send`. */
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
  option('--dry-run', 'show the plan without writing or sending anything'),
  option('--test <address>', 'send one copy marked [Test] to this address (repeatable)', list),
  option('--due', 'send every issue that is due, for cron and CI'),
  option('--grace <duration>', 'how late --due may send an issue; default: 24h', duration),
  option('--yes', 'do not ask'),
  option('--expect <count>', 'abort unless there are exactly this many recipients', countFromZero),
  option('--limit <count>', 'send at most this many in this run', count),
  option('--rate <number>', 'maximum messages per second', positive),
  option('--segment <name>', 'use this segment instead of the one in the issue'),
  option('--list <file>', 'use this list instead of the one in obn.yaml'),
  option('--transport <name>', transportNames.join(', '), oneOf(transportNames)),
  option('--ledger <url>', 'use this ledger instead of the one in obn.yaml'),
  option('--new-ledger', 'allow a live send from a ledger without history'),
  option('--skip-image-check', 'allow a live send without checking that images load'),
  option(
    '--accept-ledger',
    'after losing a ledger: mark deliveries that may have been sent as unknown; sends nothing',
  ),
  option('--retry-rejected', 'retry rejected messages'),
  option('--retry-unknown', 'resend unknown messages; some readers may get it twice'),
];

/** Fills in the defaults of options that were not given. */
export function withDefaults(options: Partial<SendOptions>): SendOptions {
  return { grace: DAY_MS, ...options };
}
