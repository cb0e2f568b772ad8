import { describe, expect, it } from 'vitest';
import type { Survey } from '../../src/delivery/audience.js';
import { type PlanInput, planSend } from '../../src/delivery/plan.js';
import type { Progress } from '../../src/delivery/state.js';
import type { Channel, Counts } from '../../src/ledger/send.js';
import type { CompiledMessage } from '../../src/message/compiled.js';

function message(subject: string): CompiledMessage {
  return {
    issue: 3,
    from: { name: 'J', email: 'j@n.example' },
    list: { id: 'n.example', name: 'N' },
    subject: [subject],
    text: [],
    html: [],
  };
}

const FROZEN = message('frozen');
const NOW_WRITTEN = message('as it is written now');
const SURVEY: Survey = {
  counts: { listed: 120, eligible: 100, excluded: { unsubscribed: 20 } },
  exclusions: [],
  lacking: new Map(),
  sample: [],
  repeats: { addresses: new Map(), fingerprint: '' },
  source: { path: 'list.csv', name: 'list.csv', secrets: [] },
  digest: 'a',
};

function progress(counts: Partial<Counts>, channel: Channel = 'live'): Progress {
  return {
    state: 'paused',
    counts: { queued: 0, claimed: 0, accepted: 0, rejected: 0, unknown: 0, ...counts },
    rejectedInDoubt: 0,
    send: {
      id: 1,
      issue: 3,
      channel,
      transport: 'ses',
      list: { id: 'l', name: 'L' },
      digest: 'frozen',
      audience: SURVEY.counts,
      audienceDigest: 'a',
      createdAt: 0,
      pausedBy: null,
      retries: 0,
    },
  };
}

function plan(input: Partial<PlanInput> = {}) {
  return planSend({
    issue: 3,
    retry: { rejected: 0, unknown: 0 },
    transport: 'ses',
    live: true,
    message: { compiled: NOW_WRITTEN, digest: 'now' },
    before: undefined,
    frozen: FROZEN,
    survey: SURVEY,
    limits: { rate: 14 },
    rate: 14,
    limit: undefined,
    segment: undefined,
    ...input,
  });
}

describe('an issue that was never sent', () => {
  it('starts with the current version', () => {
    expect(plan({ segment: 'aws' })).toEqual({
      issue: 3,
      transport: 'ses',
      live: true,
      segment: 'aws',
      limits: { rate: 14 },
      rate: 14,
      message: NOW_WRITTEN,
      digest: 'now',
      retry: { rejected: 0, unknown: 0 },
      left: 100,
      count: 100,
      seconds: 8,
      action: { kind: 'start', survey: SURVEY },
    });
  });

  it('cannot be begun without a message or an audience', () => {
    expect(plan({ message: undefined })).toBeUndefined();
    expect(plan({ survey: undefined })).toBeUndefined();
  });

  it('may have no recipients', () => {
    const survey = { ...SURVEY, counts: { listed: 0, eligible: 0, excluded: {} } };
    expect(plan({ survey })).toMatchObject({ count: 0, seconds: 0, action: { kind: 'start' } });
  });
});

describe('an issue that was begun', () => {
  const before = progress({ queued: 30, claimed: 5, accepted: 60, rejected: 3, unknown: 2 });

  it('resumes the frozen deliveries that are left', () => {
    expect(plan({ before, message: { compiled: FROZEN, digest: 'frozen' } })).toMatchObject({
      message: FROZEN,
      digest: 'frozen',
      count: 35,
      seconds: 3,
      action: { kind: 'resume', progress: before, contentChanged: false },
    });
  });

  it('resumes the frozen version when the issue has changed, and says so', () => {
    expect(plan({ before })).toMatchObject({
      message: FROZEN,
      digest: 'frozen',
      action: { kind: 'resume', contentChanged: true },
    });
  });

  it('resumes without the issue and the list', () => {
    expect(plan({ before, message: undefined, survey: undefined })).toMatchObject({
      count: 35,
      action: { kind: 'resume', contentChanged: false },
    });
  });

  it('resumes while a delivery is claimed', () => {
    expect(plan({ before: progress({ claimed: 1, accepted: 99 }) })).toMatchObject({
      count: 1,
      action: { kind: 'resume' },
    });
  });

  it('resumes a rehearsal', () => {
    const rehearsal = progress({ queued: 1, accepted: 99 }, 'rehearsal');
    expect(plan({ before: rehearsal, live: false, transport: 'outbox' })).toMatchObject({
      count: 1,
      digest: 'frozen',
      action: { kind: 'resume' },
    });
  });
});

describe('an issue that was sent to its end', () => {
  it.each([
    ['to everybody', progress({ accepted: 100 })],
    ['but for some that were rejected or are unknown', progress({ accepted: 95, rejected: 3, unknown: 2 })],
    ['to nobody', progress({})],
  ])('%s is done, whatever the issue says now', (_, before) => {
    expect(plan({ before })).toMatchObject({
      message: FROZEN,
      digest: 'frozen',
      count: 0,
      seconds: 0,
      action: { kind: 'done', progress: before },
    });
    expect(plan({ before, message: undefined, survey: undefined })?.action.kind).toBe('done');
  });

  it('starts a rehearsal over with the current version', () => {
    const before = progress({ accepted: 100 }, 'rehearsal');
    expect(plan({ before, live: false, transport: 'outbox' })).toMatchObject({
      live: false,
      digest: 'now',
      count: 100,
      action: { kind: 'start' },
    });
  });

  it('as a rehearsal cannot start over from an issue that cannot be read', () => {
    const before = progress({ accepted: 100 }, 'rehearsal');
    expect(plan({ before, live: false, transport: 'outbox', message: undefined })).toBeUndefined();
  });
});

describe('how many, and how long', () => {
  it.each([
    [undefined, 100],
    [10, 10],
    [1_000, 100],
  ])('with a limit of %s is %i', (limit, count) => {
    expect(plan({ limit })).toMatchObject({ count });
  });

  it('applies the limit to the remaining deliveries', () => {
    const before = progress({ queued: 30, accepted: 70 });
    expect(plan({ before, limit: 10 })).toMatchObject({ count: 10, seconds: 1 });
    expect(plan({ before, limit: 50 })).toMatchObject({ count: 30 });
    expect(plan({ before: progress({ accepted: 100 }), limit: 10 })).toMatchObject({ count: 0 });
  });

  it('is not known without a rate', () => {
    expect(plan({ rate: undefined })).toMatchObject({ rate: undefined, seconds: undefined });
    expect(plan({ rate: 0.5 })).toMatchObject({ seconds: 200 });
  });
});
