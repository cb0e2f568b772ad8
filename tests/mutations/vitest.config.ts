import { defineConfig } from 'vitest/config';

/** For tests that run the sources as they are: nothing is built, and a test that hangs fails soon. */
export default defineConfig({
  test: { include: ['tests/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 30_000, maxWorkers: 1 },
});
