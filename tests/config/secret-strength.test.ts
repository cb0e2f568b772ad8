import { execSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { openNewsletter } from '../../src/config/load.js';
import { SECRET_COMMAND, secretWeakness, weakSecretFinding } from '../../src/config/secret-strength.js';
import { BASE, folderWith } from './folder.js';

const STRONG = 'zNq8vX2mKp7Rj4Lw9Ty3Hd6Bf5-_aWcE';

describe('a secret', () => {
  it.each([
    ['', /too short: 32 random characters are needed, and it has 0/],
    [STRONG.slice(1), /too short.*it has 31/],
    ['0'.repeat(64), /repeats the same characters/],
    ['passwordpasswordpasswordpassword', /repeats the same characters/],
    ['0123456789abcdef0123456789abcdef', /repeats the same characters/],
  ])('is rejected when it could be guessed: %j', (secret, words) => {
    expect(secretWeakness(secret)).toMatch(words);
  });

  it.each([[STRONG], ['9c1f4e0ab7d25638e1f09ab47cd2365f']])('is accepted when it is strong: %s', (secret) => {
    expect(secretWeakness(secret)).toBeUndefined();
  });

  it('is strong when made with the command in the hint', () => {
    const made = Array.from({ length: 3 }, () => execSync(SECRET_COMMAND, { encoding: 'utf8' }).trim());
    expect(made.map(secretWeakness)).toEqual([undefined, undefined, undefined]);
    expect(new Set(made).size).toBe(3);
  });
});

describe('the secret in obn.yaml', () => {
  const found = async (secret: string, env: Record<string, string> = {}) =>
    weakSecretFinding(
      await openNewsletter(folderWith(`${BASE}unsubscribe:\n  secret: ${secret}\n`), { STRONG, ...env }),
    );

  it.each([
    [`"\${SHORT}"`, 11, `secret: ["\${OBN_SECRET_NEW}", "\${SHORT}"]`],
    [`["\${SHORT}", "\${STRONG}"]`, 12, `secret: ["\${OBN_SECRET_NEW}", "\${SHORT}", "\${STRONG}"]`],
    ['written', 11, `secret: ["\${OBN_SECRET_NEW}", "THE OLD ONE"]`],
  ])('is reported when %s is weak, with its replacement', async (secret, column, hint) => {
    expect(await found(secret, { SHORT: 'short' })).toMatchObject({
      ...{ file: expect.stringMatching(/obn\.yaml$/), line: 6, column, severity: 'error' },
      hint: expect.stringContaining(hint),
    });
  });

  it('may be weak if it only verifies older links', async () => {
    expect(await found(`["\${STRONG}", "\${SHORT}"]`, { SHORT: 'short' })).toBeUndefined();
  });
});
