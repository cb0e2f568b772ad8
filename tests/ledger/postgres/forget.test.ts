import { expect, it, onTestFinished } from 'vitest';
import { claimFor, HEADER, kinds, recipients, result } from '../../contracts/ledgers.js';

it('forgets a person also in the send that is being frozen at that moment', async () => {
  const { open } = kinds.postgres?.() ?? {};
  const [sender, other] = [await open?.(), await open?.()];
  if (!sender || !other) throw new Error('there is no server');
  onTestFinished(async () => {
    await sender.close();
    await other.close();
  });
  let forgotten: Promise<{ readonly deliveries: number }> | undefined;
  async function* meanwhile() {
    yield* recipients(1);
    forgotten = other?.readers.forget('r0@example.com', 'hash:1', 2);
    await expect
      .poll(() => sender?.readers.suppressed(['hash:1']))
      .toEqual(new Map([['hash:1', 'unsubscribed']]));
  }
  const { send } = await sender.deliveries.freeze(HEADER, meanwhile(), result(1));
  expect(await forgotten).toEqual({ deliveries: 1 });
  expect(await sender.deliveries.exchange(send.id, 3, [], claimFor('a:1', 1))).toEqual([]);
});
