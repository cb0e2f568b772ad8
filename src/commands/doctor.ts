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
    option('--ledger <url>', 'use this ledger instead of the one in obn.yaml'),
    option('--selector <name>', 'DKIM selector of your SMTP server (repeatable)', list),
    option('--dns <address>', 'name server to use, such as 9.9.9.9; default: OBN_DNS, then the system'),
    option('--offline', 'make no network requests'),
  ],
  examples: [
    [
      'obn doctor',
      'check configuration, ledger, provider, DNS and unsubscribe address, with a remedy for each failure',
    ],
    ['obn doctor --transport ses', 'check for Amazon SES instead of the transport in obn.yaml'],
    ['obn doctor --transport smtp --selector mail', 'also look for the key mail._domainkey of your domain'],
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
