import { type ObnOptions, type ObnResult, obn } from '../support/cli.js';
import { obnBeside } from '../support/cli-here.js';
import { type SesEndpointOptions, type SesFaultHandler, startSesEndpoint } from '../support/ses-endpoint.js';
import {
  type SmtpEndpointOptions,
  type SmtpFaultHandler,
  startSmtpEndpoint,
} from '../support/smtp-endpoint.js';

/** The other side of a story, whatever it speaks. */
export interface Server<Handler = never> extends AsyncDisposable {
  readonly transport: 'ses' | 'smtp';
  /** How to run obn where several stories are told at once. */
  run(root: string, args: readonly string[], options: ObnOptions): Promise<ObnResult>;
  /** What obn needs to talk to it. */
  readonly env: Readonly<Record<string, string>>;
  /** To whom it has taken a message, in the order in which it did. */
  taken(): string[];
  /** Decides from now on what goes wrong; without a handler nothing does. */
  fault(handler?: Handler): void;
}

export async function sesServer(options: SesEndpointOptions = {}): Promise<Server<SesFaultHandler>> {
  const endpoint = await startSesEndpoint(options);
  return {
    transport: 'ses',
    run: obn,
    env: endpoint.env,
    taken: () => endpoint.messages.map(({ to }) => to),
    fault: (handler) => endpoint.fault(handler),
    [Symbol.asyncDispose]: () => endpoint.close(),
  };
}

/** SES that goes away while a run is at it, for `away`, and is back at another address for the next run. */
export async function sesThatMoves(): Promise<Server<'away'>> {
  const before = await startSesEndpoint();
  const after = await startSesEndpoint();
  let current = before;
  return {
    transport: 'ses',
    run: obn,
    get env() {
      return current.env;
    },
    taken: () => [...before.messages, ...after.messages].map(({ to }) => to),
    fault(away) {
      current = away ? before : after;
      if (away) {
        before.fault(({ operation, index }) => {
          if (operation === 'SendEmail' && index === 20) void before.close();
          return undefined;
        });
      }
    },
    async [Symbol.asyncDispose]() {
      await before.close();
      await after.close();
    },
  };
}

/** @param query parameters of the connection while something goes wrong, as they stand behind the `?` of `smtp.url` */
export async function smtpServer(
  options: SmtpEndpointOptions = {},
  query = '',
): Promise<Server<SmtpFaultHandler>> {
  const endpoint = await startSmtpEndpoint(options);
  let failing = false;
  return {
    transport: 'smtp',
    run: obnBeside,
    get env() {
      return { SMTP_URL: `${endpoint.url}${failing ? query : ''}` };
    },
    taken: () => endpoint.messages.flatMap(({ to }) => to),
    fault(handler) {
      failing = handler !== undefined;
      endpoint.fault(handler);
    },
    [Symbol.asyncDispose]: () => endpoint.close(),
  };
}
