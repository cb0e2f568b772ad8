import { ledgerUrl, openLedger } from '../campaign/open.js';
import { audienceOf, transportOf } from '../campaign/session.js';
import { knownSecrets } from '../campaign/signing-secret.js';
import { type Newsletter, openNewsletter } from '../config/load.js';
import { isReadable, surveyAudience } from '../delivery/audience.js';
import { examine, examineWithout, type Result } from '../doctor/examine.js';
import type { ExaminedNewsletter } from '../doctor/examined-newsletter.js';
import { EXIT, ObnError } from '../findings/error.js';
import { ledgerFile } from '../ledger/table.js';
import { openNameServer } from '../platform/name-server.js';
import { type TransportName, transportKinds } from '../transport/table.js';
import { type CommandContext, defineCommand } from './command.js';
import { doctorText } from './print/doctor.js';
import { list, oneOf } from './support/parse.js';

interface Options {
  readonly transport?: TransportName;
  readonly ledger?: string;
  readonly selector?: string[];
  readonly dns?: string;
  readonly offline?: boolean;
}

const names = transportKinds.map((kind) => kind.name);

export const doctor = defineCommand<[], Options>({
  options: [
    { flags: '--transport <name>', description: `${names.join(', ')}`, parse: oneOf('--transport', names) },
    { flags: '--ledger <url>', description: 'instead of the ledger of obn.yaml' },
    {
      flags: '--selector <name>',
      description: 'selector of a DKIM key of your SMTP server; again for more',
      parse: list,
    },
    { flags: '--dns <address>', description: 'the name server to ask, such as 9.9.9.9; also OBN_DNS' },
    { flags: '--offline', description: 'ask nobody over the network' },
  ],
  examples: [
    [
      'obn doctor',
      'configuration, ledger, provider, DNS, unsubscribe address: what passed, what failed, what to do',
    ],
    ['obn doctor --transport ses', 'for Amazon SES, whatever obn.yaml says'],
    ['obn doctor --transport smtp --selector mail', 'looks for the key mail._domainkey of your domain, too'],
  ],
  async run(context, _, options) {
    const results = await resultsOf(context, options);
    const count = (state: Result['state']) => results.filter((one) => one.state === state).length;
    const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
    if (context.json) {
      const checks = results.map((one) => ({
        ...{ name: one.name, state: one.state, message: one.message },
        remedy: one.state === 'failed' ? one.remedy : null,
      }));
      context.output.json({ ...counts, checks });
    } else context.output.result(doctorText(results, counts, context.output.style));
    return counts.failed > 0 ? EXIT.findings : EXIT.done;
  },
});

async function resultsOf(context: CommandContext, options: Options): Promise<Result[]> {
  const server = openNameServer(options.dns ?? (context.env.OBN_DNS || undefined));
  let newsletter: Newsletter;
  try {
    newsletter = await openNewsletter(context.cwd, context.env);
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    return examineWithout(error);
  }
  const patient = patientOf(context, newsletter, options);
  return examine({ ...patient, names: server }, { offline: options.offline ?? false });
}

function patientOf(
  context: CommandContext,
  newsletter: Newsletter,
  options: Options,
): Omit<ExaminedNewsletter, 'names'> {
  const { env, clock } = context;
  const open = () =>
    openLedger(newsletter, context, { ledger: options.ledger, create: false, sameClock: true });
  return {
    ...{ newsletter, env, clock },
    transport: transportOf({ newsletter, options }).name,
    selectors: options.selector ?? [],
    secrets: knownSecrets(newsletter),
    ledgerFile: () => ledgerFile(ledgerUrl(newsletter, context, options.ledger), newsletter.root),
    openLedger: open,
    async countReaders() {
      const source = audienceOf({ newsletter, options: {} }, undefined, clock.now());
      if (!isReadable(source)) return undefined;
      const ledger = await open();
      try {
        return (await surveyAudience(source, ledger, [])).counts.eligible;
      } finally {
        await ledger.close();
      }
    },
  };
}
