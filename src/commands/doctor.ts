import { type TransportName, transportNames } from '../campaign/transport-names.js';
import type { Result } from '../doctor/examine.js';
import { examineNewsletter } from '../doctor/examine-newsletter.js';
import { EXIT } from '../findings/error.js';
import { defineCommand, option, outcomes } from './command.js';
import { doctorText, resultJson } from './print/doctor.js';
import { list, oneOf } from './support/parse.js';

interface Options {
  readonly transport?: TransportName;
  readonly ledger?: string;
  readonly selector?: string[];
  readonly dns?: string;
  readonly offline?: boolean;
}

export const doctor = defineCommand<[], Options>({
  options: [
    option('--transport <name>', transportNames.join(', '), oneOf(transportNames)),
    option('--ledger <url>', 'instead of the ledger of obn.yaml'),
    option('--selector <name>', 'selector of a DKIM key of your SMTP server; again for more', list),
    option('--dns <address>', 'the name server to ask, such as 9.9.9.9; also OBN_DNS'),
    option('--offline', 'ask nobody over the network'),
  ],
  examples: [
    [
      'obn doctor',
      'configuration, ledger, provider, DNS, unsubscribe address: what passed, what failed, what to do',
    ],
    ['obn doctor --transport ses', 'for Amazon SES, whatever obn.yaml says'],
    ['obn doctor --transport smtp --selector mail', 'looks for the key mail._domainkey of your domain, too'],
  ],
  json: "{ passed: number; failed: number; skipped: number; checks: { name: string; state: 'passed' | 'failed' | 'skipped'; message: string; remedy: string | null }[] }",
  outcomes: outcomes([EXIT.done, 'no check failed'], [EXIT.findings, 'a check failed']),
  async run(context, _, { selector, ...options }) {
    const { json, output } = context;
    const onNotice = (text: string) => output.talk(text);
    const results = await examineNewsletter(context, { ...options, selectors: selector, onNotice });
    const count = (state: Result['state']) => results.filter((one) => one.state === state).length;
    const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
    if (json) output.json({ ...counts, checks: results.map(resultJson) });
    else output.result(doctorText(results, counts, output.style));
    return counts.failed > 0 ? EXIT.findings : EXIT.done;
  },
});
