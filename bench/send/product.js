// All that the send benchmarks use of the product: what was built, imported in this one place.

const dist = (path) => import(new URL(`../../dist/${path}.js`, import.meta.url).href);

/** Signs the unsubscribe links. */
export const SECRET = 'a secret for benchmarks alone, and long enough';

/** Renders issue 1 of a newsletter as `obn send` does. @returns a CompiledMessage, plain data. */
export async function compileFirstIssue(root) {
  const { openNewsletter } = await dist('config/load');
  const { findIssueFile } = await dist('issue/store');
  const { compileIssue } = await dist('commands/support/compile');
  const newsletter = await openNewsletter(root, { OBN_SECRET: SECRET });
  return (await compileIssue(newsletter, await findIssueFile(newsletter, '1'), Date.now())).message;
}

export async function openWriter(message) {
  const { MessageWriter } = await dist('message/writer');
  return new MessageWriter(message, { secret: SECRET });
}

/** @param options `{ kind: 'smtp', url, connections }` or `{ kind: 'ses', mode }`, with the endpoint in the environment */
export async function openTransport({ kind, ...options }) {
  if (kind === 'smtp') return (await dist('transport/smtp/smtp')).openSmtp(options);
  const { openSes } = await dist('transport/ses/ses');
  const tracking = { opens: false, clicks: false };
  return openSes({ region: 'us-east-1', tracking, ...options }, process.env);
}

/** @param file of a SQLite ledger */
export function openLedger(file) {
  return openLedgerAt(`sqlite:${file}`);
}

/** @param url as `ledger` of obn.yaml has it, with whole paths */
export async function openLedgerAt(url) {
  const { openLedger: open } = await dist('ledger/table');
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

/** Sends all that is frozen, at a rate or as fast as it goes. @throws Error when not everything was accepted */
export async function deliver({ ledger, send, transport, writer, rate }) {
  const { runDelivery } = await dist('delivery/run');
  const { systemClock } = await dist('platform/clock');
  const { workerName } = await dist('platform/process');
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
