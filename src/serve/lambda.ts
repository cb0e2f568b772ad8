import type { Hono } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { ledgerUrl } from '../campaign/ledger-address.js';
import { openCampaign } from '../campaign/open-campaign.js';
import { transportKind } from '../campaign/transport-kind.js';
import { type Newsletter, openNewsletter } from '../config/load.js';
import { configurationError } from '../findings/error.js';
import { ledgerFile, sharedLedgerForm } from '../ledger/table.js';
import { systemClock } from '../platform/clock.js';
import { type Environment, logLine, surroundings } from '../platform/process.js';
import { transportKinds } from '../transport/table.js';
import { createApp, requireSecret } from './app.js';
import { beforeTheAnswer } from './background-tasks.js';
import { clientOf } from './client.js';
import { invitations } from './invite.js';
import { faultText } from './log.js';

/** Lambda function for function URL events (payload format 2.0). */
export type LambdaHandler = ReturnType<typeof handle>;

/** Minimum time of a response that may send an email, whether it does or not. */
const ANSWER_MS = 1_500;

let made: Promise<LambdaHandler> | undefined;

/** Handler of the newsletter deployed with the function. Created once and reused between calls. */
export const handler: LambdaHandler = async (event, context) => {
  made ??= createHandler().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return (await made)(event, context);
};

/**
 * Creates a handler that serves the same pages as `obn serve`, with the ledger and transport of
 * obn.yaml.
 * @param folder with obn.yaml
 * @throws ObnError when the ledger or transport needs a persistent disk, which a function does not
 * have.
 */
export async function createHandler({ cwd, env: given } = surroundings()): Promise<LambdaHandler> {
  // An empty environment variable of a function counts as not set.
  const { OBN_LEDGER, ...rest } = given;
  const env = OBN_LEDGER ? given : rest;
  const newsletter = await openNewsletter(cwd, env);
  requireSecret(newsletter);
  requireServer(ledgerUrl(newsletter, env), newsletter);
  const host = { cwd, env, clock: systemClock };
  const { ledger: store } = await openCampaign(host, { newsletter, create: true });
  const { subscribe } = newsletter.config.serve;
  const transport = subscribe ? await openTransport(newsletter, env) : undefined;
  const onBug = (error: unknown) => logLine(JSON.stringify({ level: 'error', message: faultText(error) }));
  const onRefused = (code: string, reason: string) => onBug(`an email was not accepted: ${code}: ${reason}`);
  const app = await createApp({
    newsletter,
    store,
    shared: true,
    clock: systemClock,
    invite: transport && invitations({ newsletter, transport, clock: systemClock, waits: [], onRefused }),
    later: beforeTheAnswer(systemClock, ANSWER_MS, onBug),
    client: lambdaClient,
    onAccess: (line) => logLine(JSON.stringify(line)),
    onBug,
  });
  return handlerOf(app);
}

export function handlerOf(app: Hono): LambdaHandler {
  return handle(app);
}

/** The client address from the function URL event. Headers could be forged. */
export function lambdaClient({ env }: { env: unknown }): string {
  const { requestContext } = env as { requestContext?: { http?: { sourceIp?: string } } };
  return clientOf(requestContext?.http?.sourceIp ?? '', undefined, 0);
}

/** @throws ObnError if the ledger is a file. */
function requireServer(ledger: string, { root }: Newsletter): void {
  if (ledgerFile(ledger, root) === undefined) return;
  throw configurationError('the ledger is a file, but a Lambda function has no persistent disk', {
    hint: `use a server for \`obn send\` and for this function: OBN_LEDGER=${sharedLedgerForm()}`,
  });
}

async function openTransport(newsletter: Newsletter, env: Environment) {
  const kind = transportKind(newsletter);
  if (!kind.files) return kind.open(newsletter, env);
  const others = transportKinds.filter(({ files }) => !files).map(({ name }) => name);
  throw configurationError(`${kind.files.what} writes files, but a Lambda function has no persistent disk`, {
    hint: `set send.transport to ${others.join(' or ')}, or serve.subscribe to false`,
  });
}

export type { LambdaEvent };
