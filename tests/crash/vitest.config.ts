import { randomInt } from 'node:crypto';
import { defineConfig } from 'vitest/config';
import { CrashReport } from './report.js';

const { OBN_CRASH_SEED = String(randomInt(1_000_000)), OBN_CRASH_KILLS = '100' } = process.env;

export default defineConfig({
  test: {
    include: ['tests/crash/*.test.ts'],
    globalSetup: ['tests/support/build.ts'],
    env: { OBN_CRASH_SEED, OBN_CRASH_KILLS },
    maxWorkers: 3,
    slowTestThreshold: 60_000,
    reporters: ['default', new CrashReport(OBN_CRASH_SEED)],
  },
});
