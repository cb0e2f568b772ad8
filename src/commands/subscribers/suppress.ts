import { addressOf } from '../../campaign/reader-lookup.js';
import { EXIT, usageError } from '../../findings/error.js';
import type { SuppressionReason } from '../../ledger/readers.js';
import { ForgottenKeys } from '../../message/forgotten.js';
import { type ListOptions, type ListSession, listOptions, withList } from '../../subscribers/list-session.js';
import { defineCommand } from '../command.js';
import { oneOf } from '../support/parse.js';

const REASONS = ['unsubscribed', 'bounced', 'complained'] as const;

interface Options extends ListOptions {
  readonly reason?: SuppressionReason;
  readonly lift?: boolean;
}

export const suppress = defineCommand<[string[]], Options>({
  arguments: [{ name: '<addresses...>', description: 'who gets nothing any more' }],
  options: [
    {
      flags: '--reason <reason>',
      description: `${REASONS.join(', ')}; default: unsubscribed`,
      parse: oneOf('--reason', REASONS),
    },
    { flags: '--lift', description: 'end it: they have asked for mail again, or the address works again' },
    ...listOptions,
  ],
  examples: [
    ['obn subscribers suppress ada@example.com', 'they wrote that they want no more'],
    ['obn subscribers suppress old@example.com --reason bounced', 'the address is dead'],
    ['obn subscribers suppress ada@example.com --lift', 'they wrote that they want it again'],
  ],
  run: (context, [written], options) =>
    withList(context, options, true, async (session) => {
      const people = written.map(addressOf);
      if (options.lift && options.reason) throw usageError('--lift ends every reason; leave out --reason');
      const { output, json } = context;
      const results: { address: string; reason: SuppressionReason | null; changed: boolean }[] = [];
      for (const person of people) {
        const result = options.lift
          ? await lift(session, person)
          : await add(session, person, options.reason ?? 'unsubscribed');
        results.push({ address: person.address, ...result });
      }
      if (json) output.json(results);
      else for (const result of results) output.result(sentence(result, options.lift ?? false));
      return EXIT.done;
    }),
});

interface Person {
  readonly address: string;
  readonly key: string;
}

async function add({ context, ledger }: ListSession, { key }: Person, reason: SuppressionReason) {
  const since = context.clock.now();
  const changed = (await ledger.suppressAll([{ key, reason, source: 'operator', since }])) > 0;
  return { reason: (await ledger.suppressed([key])).get(key) ?? reason, changed };
}

/**
 * Ends a suppression; of one who is forgotten, that of the keyed hash. A reader who had unsubscribed before the address
 * bounced has not asked for mail again because it works again: of them that is kept.
 */
async function lift({ context, ledger, source }: ListSession, { key }: Person) {
  const now = context.clock.now();
  const forms = [key, ...new ForgottenKeys(source.secrets).forms(key)];
  const reasons = new Set((await ledger.suppressed(forms)).values());
  let changed = false;
  for (const form of forms) changed = (await ledger.unsuppress(form, now, REASONS)) || changed;
  const reader = await ledger.reader(key);
  if (!changed || reader?.state !== 'unsubscribed') return { reason: null, changed };
  if (!reasons.has('unsubscribed')) {
    await ledger.suppress(key, 'unsubscribed', 'operator', now);
    return { reason: 'unsubscribed' as const, changed };
  }
  if (reader.confirmedAt !== null) await ledger.saveReader({ ...reader, state: 'subscribed' });
  return { reason: null, changed };
}

function sentence(
  { address, reason, changed }: { address: string; reason: SuppressionReason | null; changed: boolean },
  lifted: boolean,
): string {
  if (lifted && reason)
    return `${address} had unsubscribed, too, and still gets nothing; lift that as well if they have asked for it.`;
  if (lifted) return changed ? `${address} may be mailed again.` : `${address} was not suppressed.`;
  return changed ? `${address} is ${reason} and gets nothing any more.` : `${address} is ${reason} already.`;
}
