import { expect } from 'vitest';
import type { Counts } from '../../src/ledger/send.js';
import type { Answer, PausingKind } from './answers.js';
import type { Run } from './story.js';

/** After how many in a row a run pauses itself; one refusal is enough. */
const PAUSES_AFTER: Readonly<Record<PausingKind, number>> = {
  refused: 1,
  unknown: 10,
  deferred: 15,
  rejected: 25,
};

/**
 * A run that got one answer alone has paused itself and said why. Only what was rejected or is unknown has left the
 * queue.
 */
export function expectPaused(
  run: Run | undefined,
  before: Counts | undefined,
  { kind, says }: Answer<unknown, PausingKind>,
): void {
  expect(run, run?.stderr).toMatchObject({ code: 4, state: 'paused' });
  if (!run) return;
  expect(run.stderr).toMatch(pausedWith(kind, says));
  const { queued, claimed, accepted, rejected, unknown } = run.deliveries;
  const change = {
    claimed,
    accepted: accepted - (before?.accepted ?? 0),
    rejected: rejected - (before?.rejected ?? 0),
    unknown: unknown - (before?.unknown ?? 0),
  };
  const ended = change.rejected + change.unknown;
  const none = { claimed: 0, accepted: 0, rejected: 0, unknown: 0 };
  const leaves = kind === 'rejected' || kind === 'unknown';
  expect(change).toEqual(leaves ? { ...none, [kind]: ended } : none);
  expect(ended).toBeGreaterThanOrEqual(leaves ? PAUSES_AFTER[kind] : 0);
  expect(queued).toBeGreaterThan(0);
}

function pausedWith(kind: PausingKind, says: string | RegExp): RegExp {
  const words = typeof says === 'string' ? says.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : says.source;
  const counted = kind === 'refused' ? '' : `\\d+ ${kind} in a row, the last one: .*`;
  return new RegExp(`^Paused: ${counted}(?:${words})`, 'm');
}

/** A run has come to the end of the queue. */
export function expectFinished(run: Run | undefined, code: 0 | 1): void {
  const failed = run ? run.deliveries.rejected + run.deliveries.unknown : 0;
  const state = failed > 0 ? 'partial' : 'sent';
  expect(run, run?.stderr).toMatchObject({ code, state, deliveries: { queued: 0, claimed: 0 } });
}
