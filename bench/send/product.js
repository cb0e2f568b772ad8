// The parts of the built product that the send benchmarks use, imported only here.

/** Signs the unsubscribe links. */
export const SECRET = 'a secret for benchmarks alone, and long enough';

/** Renders issue 1 of a newsletter as `obn send` does. @returns a CompiledMessage, plain data. */
export async function compileFirstIssue(root) {
  const { openNewsletter } = await import('../../dist/config/load.js');
  const { findIssueFile } = await import('../../dist/issue/store.js');
  const { compileIssue } = await import('../../dist/campaign/compile.js');
  const newsletter = await openNewsletter(root, { OBN_SECRET: SECRET });
  return (await compileIssue(newsletter, await findIssueFile(newsletter, '1'), Date.now())).message;
}

export async function openWriter(message) {
  const { MessageWriter } = await import('../../dist/message/writer.js');
  return new MessageWriter(message, { secret: SECRET });
}

/** @param options `{ kind: 'smtp', url, connections }` or `{ kind: 'ses', mode }`, with the endpoint in the environment */
export async function openTransport({ kind, ...options }) {
  if (kind === 'smtp') return (await import('../../dist/transport/smtp/smtp.js')).openSmtp(options);
  const { openSes } = await import('../../dist/transport/ses/ses.js');
  const tracking = { opens: false, clicks: false };
  return openSes({ region: 'us-east-1', tracking, ...options }, process.env);
}

/** @param file of a SQLite ledger */
export function openLedger(file) {
  return openLedgerAt(`sqlite:${file}`);
}

/** @param url as in `ledger` of obn.yaml, with absolute paths */
export async function openLedgerAt(url) {
  const { openLedger: open } = await import('../../dist/ledger/table.js');
  return open(url, '/', { create: true });
}

/** Freezes a message and its recipients, as a send does when it begins. @returns the send */
export async function freeze(ledger, message, recipients, count) {
  const header = { issue: 1, channel: 'live', transport: 'bench', message, digest: 'bench', now: Date.now() };
  const audience = { listed: count, eligible: count, excluded: {} };
  const { send } = await ledger.deliveries.freeze(header, recipients, () => ({
    audience,
    audienceDigest: 'bench',
  }));
  return send;
}

/** Sends every frozen delivery, at a rate or as fast as possible. @throws Error if one was not accepted */
export async function deliver({ ledger, send, transport, writer, rate }) {
  const { runDelivery } = await import('../../dist/delivery/run.js');
  const { systemClock } = await import('../../dist/platform/clock.js');
  const { workerName } = await import('../../dist/platform/process.js');
  const { signal } = new AbortController();
  const means = {
    send,
    ledger: ledger.deliveries,
    transport,
    writer,
    clock: systemClock,
    worker: workerName(),
  };
  const end = await runDelivery({ ...means, rate, limit: undefined, signal });
  const counts = await ledger.deliveries.counts(send.id);
  if (end.kind === 'finished' && counts.accepted === send.audience.eligible) return;
  throw new Error(`the run ended with ${JSON.stringify({ end, counts })}`);
}
