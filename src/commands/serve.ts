import { transportKind } from '../campaign/transport-kind.js';
import { type Newsletter, openNewsletter } from '../config/load.js';
import { EXIT, type ExitCode } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import { serviceWarnings } from '../serve/service-warnings.js';
import { type CommandContext, defineCommand, option, outcomes } from './command.js';
import { countFromZero, oneOf, portNumber } from './support/parse.js';

const LOGS = ['plain', 'json', 'off'] as const;

interface Options {
  readonly port?: number;
  readonly host?: string;
  readonly trustProxy?: number;
  readonly ledger?: string;
  readonly log?: (typeof LOGS)[number];
  readonly form?: boolean;
}

const HOST = '127.0.0.1';
const PORT = 8080;

export const serve = defineCommand<[], Options>({
  options: [
    option('--port <port>', `port to listen on; default: ${PORT}`, portNumber),
    option('--host <address>', `address to listen on; default: ${HOST}, this machine only`),
    option(
      '--trust-proxy <count>',
      'number of your proxies that set X-Forwarded-For; default: 0',
      countFromZero,
    ),
    option('--ledger <url>', 'use this ledger instead of the one in obn.yaml'),
    option('--log <form>', 'access log: plain (default), json or off', oneOf(LOGS)),
    option('--form', 'print a subscribe form for your own site, then exit'),
  ],
  examples: [
    ['obn serve --trust-proxy 1', 'run behind a proxy on the same machine'],
    ['obn serve --host 0.0.0.0 --trust-proxy 1', 'run in a container, behind one proxy'],
    ['obn serve --form > form.html', 'write a form for your own site'],
  ],
  json: '{ url: string; port: number }, or with --form { html: string }',
  outcomes: outcomes(
    [EXIT.done, 'you ended the service with Ctrl+C, or the form was printed'],
    [EXIT.configuration, 'the secret, the ledger or the port cannot be used'],
  ),
  async run(context, _, options) {
    const newsletter = await openNewsletter(context.cwd, context.env);
    if (options.form) return printForm(context, newsletter);
    return run(context, newsletter, options);
  },
});

async function printForm({ output, json }: CommandContext, { config }: Newsletter): Promise<ExitCode> {
  const { formSnippet } = await import('../serve/snippet.js');
  const html = formSnippet(config);
  if (json) output.json({ html });
  else output.result(html);
  return EXIT.done;
}

async function run(context: CommandContext, newsletter: Newsletter, options: Options): Promise<ExitCode> {
  const { output, json } = context;
  const [{ startService }, { accessText, faultText }] = await Promise.all([
    import('../serve/start-service.js'),
    import('../serve/log.js'),
  ]);
  const { log = 'plain', host = HOST, port = PORT, trustProxy: proxies = 0, ledger } = options;
  const say = (text: string) => output.talk(visible(text));
  const service = await startService(context, newsletter, {
    ...{ host, port, proxies, ledger, onNotice: output.talk },
    onAccess: (line) => {
      if (log !== 'off') output.talk(log === 'json' ? JSON.stringify(line) : accessText(line));
    },
    onRefused: (code, reason) => say(`Confirmation email not accepted: ${faultText(`${code}: ${reason}`)}`),
    onProxy: () =>
      say('Requests come through a proxy, so all readers share one rate limit. Add --trust-proxy 1.'),
    onBug: (error) => say(`Internal error: ${faultText(error)}`),
  });
  try {
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${service.port}`;
    if (json) output.json({ url, port: Number(new URL(url).port || 80) });
    else output.result(url);
    for (const warning of serviceWarnings(newsletter, transportKind(newsletter))) output.talk(warning);
    await untilStopped(context, newsletter);
    await service.finish();
    return EXIT.done;
  } finally {
    await service.close();
  }
}

/** Waits for the signal. Meanwhile, checks that the links in emails lead to this service. */
async function untilStopped(context: CommandContext, { config }: Newsletter): Promise<void> {
  const { signal, dispose } = context.interruptible(
    'Finishing requests in progress. Press Ctrl+C again to stop immediately.',
  );
  try {
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const { unreachable } = await import('../serve/unreachable-readers.js');
    void unreachable(config, signal).then((trouble) => {
      if (trouble === undefined || signal.aborted) return;
      const hint =
        'Until they do, readers cannot unsubscribe. Check unsubscribe.url (or serve.url), DNS and your proxy.';
      context.output.talk(`The links in your emails do not lead here: ${visible(trouble)}. ${hint}`);
    });
    if (!signal.aborted) await stopped;
  } finally {
    dispose();
  }
}
