import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { addSubscriber } from '../../src/subscribers/add-subscriber.js';
import { planForget } from '../../src/subscribers/forget-subscriber.js';
import { type ListSession, withList } from '../../src/subscribers/list-session.js';
import { planRemoval } from '../../src/subscribers/remove-subscriber.js';
import { liftSuppressions, suppressSubscribers } from '../../src/subscribers/suppress-subscribers.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';

function onList<T>({ root }: TestNewsletter, work: (session: ListSession) => Promise<T>): Promise<T> {
  const host = { cwd: root, env: { OBN_SECRET: SECRET }, clock: systemClock };
  return withList(host, { create: true }, work);
}

describe('changes of the list', () => {
  it('remove a row when the plan is applied, and not before', async () => {
    const newsletter = makeNewsletter();
    const before = newsletter.read('subscribers.csv');
    await onList(newsletter, async (session) => {
      const plan = await planRemoval(session, 'Ada@example.com');
      expect(plan.rows).toBe(1);
      expect(newsletter.read('subscribers.csv')).toBe(before);
      const { removed, backup } = await plan.apply();
      expect(removed).toBe(1);
      expect(newsletter.read(backup ?? '')).toBe(before);
    });
    expect(newsletter.read('subscribers.csv')).not.toContain('ada@example.com');
  });

  it('forget a person, backups of the list included', async () => {
    const newsletter = makeNewsletter();
    await onList(newsletter, async (session) => {
      const { backup = '' } = await (await planRemoval(session, 'grace@example.org')).apply();
      const plan = await planForget(session, 'ada@example.com');
      expect(newsletter.read(backup)).toContain('ada@example.com');
      expect(await plan.apply()).toEqual({ removed: 1, deliveries: 0, erased: [backup], left: [] });
      expect(newsletter.read(backup)).not.toContain('ada@example.com');
    });
  });

  it('refuse to add an address that is suppressed, until that is lifted', async () => {
    const newsletter = makeNewsletter();
    await onList(newsletter, async (session) => {
      const [one] = await suppressSubscribers(session, ['new@example.com'], 'bounced');
      expect(one).toEqual({ address: 'new@example.com', reason: 'bounced', changed: true });
      await expect(addSubscriber(session, 'new@example.com')).rejects.toThrow('is bounced in the ledger');
      await liftSuppressions(session, ['new@example.com']);
      const { row } = await addSubscriber(session, 'new@example.com', { firstName: 'Nova' });
      expect(row).toMatchObject({ email: 'new@example.com', first_name: 'Nova' });
    });
    expect(newsletter.read('subscribers.csv')).toContain('new@example.com');
  });
});
