import { EXIT, ObnError } from '../../findings/error.js';
import { type FrozenRecipient, PRESENT_MS } from '../delivery.js';
import type { FreezeHeader, FreezeResult, Send } from '../send.js';
import { copyRecipients } from './copy.js';
import type { Session } from './session.js';
import * as sql from './statements.js';

type Outcome = { readonly created: Send } | { readonly before: sql.SendRow };

/** The transaction that freezes a send, or finds the one already frozen. */
export function freeze(
  header: FreezeHeader,
  recipients: AsyncIterable<readonly FrozenRecipient[]>,
  result: () => FreezeResult,
): (session: Session) => Promise<Outcome> {
  const { issue, channel, transport, message, digest, now } = header;
  return async (session) => {
    const [before] = await session.all<sql.SendRow>(sql.FIND, [issue, channel]);
    if (before && !(await isOver(session, before, now))) return { before };
    if (before) {
      await session.run(sql.DELETE_SEND, before.id);
      await session.run(sql.DELETE_DELIVERIES, before.id);
    }
    const list = { id: message.list.id, name: message.list.name };
    const values = [issue, channel, transport, JSON.stringify(message), list.id, list.name, digest, now];
    const [row] = await session.all<{ id: number }>(sql.INSERT_SEND, values);
    if (!row) return { before: await madeMeanwhile(session, header) };
    const { id } = row;
    await copyRecipients(session, id, now, recipients);
    const { audience, audienceDigest } = result();
    const excluded = JSON.stringify(audience.excluded);
    await session.run(sql.COMPLETE_SEND, id, audience.listed, audience.eligible, excluded, audienceDigest);
    const facts = { id, issue, channel, transport, list, digest, audience, audienceDigest };
    return { created: { ...facts, createdAt: now, pausedBy: null, retries: 0 } };
  };
}

/** Whether it is a finished rehearsal without a present worker. */
async function isOver(session: Session, { id, channel }: sql.SendRow, now: number): Promise<boolean> {
  if (channel === 'live') return false;
  const counts = await session.all<{ state: string }>(sql.COUNTS, [id]);
  if (counts.some(({ state }) => state === 'queued' || state === 'claimed')) return false;
  return (await session.all(sql.WATCHED, [id, now - PRESENT_MS])).length === 0;
}

async function madeMeanwhile(session: Session, { issue, channel }: FreezeHeader): Promise<sql.SendRow> {
  const [row] = await session.all<sql.SendRow>(sql.FIND, [issue, channel]);
  if (row) return row;
  throw new ObnError(EXIT.stopped, 'another run began this issue and rolled it back', {
    hint: 'run the same command again',
  });
}
