import { describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../../src/transport/outgoing.js';
import { openSmtp } from '../../src/transport/smtp/smtp.js';
import type { SendResult } from '../../src/transport/transport.js';
import { whenTestFinished } from '../support/finished.js';
import { type AtFinalDot, startScriptedSmtp } from '../support/scripted-smtp.js';

const RAW = Buffer.from('Subject: x\r\n\r\ntext\r\n');
const MESSAGE = { from: 'jane@example.com', to: 'r@example.com', raw: () => RAW } as OutgoingMessage;

/** Hands one message over to a server that answers so. */
async function answerTo(atFinalDot: AtFinalDot, mayGo?: () => boolean) {
  const server = await startScriptedSmtp(() => atFinalDot);
  const transport = await openSmtp({ url: server.url, connections: 1 });
  whenTestFinished(() => transport.close());
  const [result] = (await transport.send([MESSAGE], mayGo)) as SendResult[];
  return { result, handedOver: server.handedOver };
}

describe('a reply to the final dot', () => {
  it.each([
    ['250 ok\r\n', 'accepted'],
    ['250-one\r\n250 two\r\n', 'accepted'],
    ['450 later\r\n', 'deferred'],
    ['550 no\r\n', 'rejected'],
    ['550-no\r\n550 at all\r\n', 'rejected'],
  ])('counts if complete: %j is %s', async (write, kind) => {
    expect((await answerTo({ write })).result).toMatchObject({ kind });
  });

  it.each([
    '2\r\n',
    '25 ok\r\n',
    '2500 ok\r\n',
    'no thanks\r\n',
    '5\r\n',
    '55 no\r\n',
    '5500 no\r\n',
    '199 hm\r\n',
    '354 go on\r\n',
    '600 no\r\n',
    '550-no\r\n250 yes\r\n',
  ])('leaves the message unknown if malformed: %j', async (write) => {
    expect((await answerTo({ write })).result).toMatchObject({ kind: 'unknown' });
  });

  it.each(['5', '55', '550', '550 5.7.1 No', '250 o', '550-no\r\n550 at a', '450 lat', ''])(
    'leaves the message unknown if truncated: %j',
    async (write) => {
      expect((await answerTo({ write, close: true })).result).toMatchObject({ kind: 'unknown' });
    },
  );
});

it('ends the connection if unexpected, because the next reply may belong to another command', async () => {
  let dots = 0;
  const server = await startScriptedSmtp(() => ({
    write: dots++ === 0 ? '550-no\r\n250 yes\r\n' : '250 ok\r\n',
  }));
  const transport = await openSmtp({ url: server.url, connections: 1 });
  whenTestFinished(() => transport.close());
  expect(await transport.send([MESSAGE])).toMatchObject([{ kind: 'unknown', code: '550' }]);
  // A connection that goes on is ready for the next message by then.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await transport.send([MESSAGE])).toMatchObject([{ kind: 'accepted' }]);
  expect(server.connections()).toBe(2);
});

describe('a message whose claim expires', () => {
  it('while connecting is not sent', async () => {
    const { result, handedOver } = await answerTo({ write: '250 ok\r\n' }, () => false);
    expect(result).toMatchObject({ kind: 'deferred', code: 'late' });
    expect(handedOver).toEqual([]);
  });

  it('before the final dot is not sent', async () => {
    let asked = 0;
    const { result, handedOver } = await answerTo({ write: '250 ok\r\n' }, () => ++asked < 2);
    expect(result).toMatchObject({ kind: 'deferred', code: 'late' });
    expect([asked, handedOver]).toEqual([2, []]);
  });
});
