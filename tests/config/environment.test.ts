import { describe, expect, it } from 'vitest';
import { expandVariables } from '../../src/config/environment.js';
import { openNewsletter, readNewsletter } from '../../src/config/load.js';
import type { Environment } from '../../src/platform/process.js';
import { BASE, folderWith } from './folder.js';

async function findings(text: string, env: Environment = {}): Promise<string[]> {
  const loaded = await readNewsletter(folderWith(text), env);
  if ('newsletter' in loaded) return [];
  return loaded.findings.map(({ line, column, rule, message }) => `${line}:${column} ${rule} ${message}`);
}

describe(`\${NAME}`, () => {
  it('is replaced in every text', () => {
    const value = { a: `\${ONE}`, b: [`x \${TWO_2} y \${ONE}`, 3, null, true], c: { d: `\${_three}` } };
    const env = { ONE: '1', TWO_2: `$& \${ONE}`, _three: 'iii' };
    expect(expandVariables(value, env)).toEqual({
      value: { a: '1', b: [`x $& \${ONE} y 1`, 3, null, true], c: { d: 'iii' } },
      unset: [],
    });
  });

  it('that is not set is listed with its path and stays as written', () => {
    expect(expandVariables({ a: [{ b: `\${X}/\${Y}` }] }, { Y: '' })).toEqual({
      value: { a: [{ b: `\${X}/\${Y}` }] },
      unset: [
        { path: ['a', 0, 'b'], name: 'X' },
        { path: ['a', 0, 'b'], name: 'Y' },
      ],
    });
  });

  it('that is not set in a list leaves the other items, and is named when they are needed', async () => {
    const secrets = `unsubscribe: { secret: ["\${ONE}", "\${TWO}", "\${THREE}"] }\n`;
    const newsletter = await openNewsletter(folderWith(`${BASE}${secrets}`), { TWO: 'two' });
    expect(newsletter.config.unsubscribe.secret).toEqual(['two']);
    expect(newsletter.has('unsubscribe')).toBe(false);
    expect(() => newsletter.need('unsubscribe')).toThrow(/not set/);
  });

  it('is a name in braces; anything else is text', () => {
    const text = `$NAME \${} \${1A} \${A-B} {NAME} $\${ {{NAME}}`;
    expect(expandVariables(text, { NAME: 'x', A: 'y' })).toEqual({ value: text, unset: [] });
  });

  it('is never a property that every object has', () => {
    expect(expandVariables(`\${constructor} \${toString}`, {}).unset.map(({ name }) => name)).toEqual([
      'constructor',
      'toString',
    ]);
  });
});

describe('a variable in a part that every command needs', () => {
  const text = BASE.replace('name: N', `name: "\${NL_NAME} \${NL_MORE}"`);

  it('is replaced', async () => {
    const { config } = await openNewsletter(folderWith(text), { NL_NAME: 'A', NL_MORE: 'B' });
    expect(config.newsletter.name).toBe('A B');
  });

  it('is reported when it is not set or empty', async () => {
    expect(await findings(text, { NL_MORE: '' })).toEqual([
      '2:10 config/variable the environment variable NL_NAME is not set',
      '2:21 config/variable the environment variable NL_MORE is not set',
    ]);
  });

  it('is reported with how to set it', async () => {
    const loaded = await readNewsletter(folderWith(text), { NL_MORE: 'x' });
    expect(loaded).toMatchObject({ findings: [{ hint: 'set it, for example: export NL_NAME=…' }] });
  });

  it('is reported with the other errors', async () => {
    expect(await findings(`${text}thme: {}\n`, { NL_NAME: 'x' })).toEqual([
      '2:21 config/variable the environment variable NL_MORE is not set',
      '5:1 schema/unknown-key unknown key "thme"; did you mean "theme"?',
    ]);
  });
});

describe('a variable in a part that only some commands need', () => {
  it.each([
    ['smtp', `smtp: { url: "\${THE_NAME}" }`],
    ['unsubscribe', `unsubscribe: { url: https://n.example/u, secret: "\${THE_NAME}" }`],
    ['unsubscribe', `unsubscribe: { url: "\${THE_NAME}", secret: s }`],
    ['ses', `ses: { region: "\${THE_NAME}" }`],
    ['ses', `ses: { configuration_set: "\${THE_NAME}" }`],
    ['ledger', `ledger: "\${THE_NAME}"`],
  ] as const)('is required only when %s is needed: %s', async (part, line) => {
    const root = folderWith(`${BASE}${line}\n`);
    const newsletter = await openNewsletter(root, {});
    expect(newsletter.has(part)).toBe(false);
    expect(() => newsletter.need(part)).toThrow(
      expect.objectContaining({
        exitCode: 3,
        findings: [
          expect.objectContaining({
            line: 5,
            column: line.indexOf('$') + 1,
            message: 'the environment variable THE_NAME is not set',
            hint: 'set it, for example: export THE_NAME=…',
          }),
        ],
      }),
    );
    for (const other of ['ses', 'smtp', 'outbox', 'ledger', 'unsubscribe'] as const) {
      if (other !== part) expect(newsletter.has(other)).toBe(true);
    }
  });

  it('is replaced when it is set', async () => {
    const root = folderWith(`${BASE}smtp: { url: "\${SMTP_URL}" }\n`);
    const newsletter = await openNewsletter(root, { SMTP_URL: 'smtps://u:p@mail.example' });
    expect(newsletter.config.smtp.url).toBe('smtps://u:p@mail.example');
    expect(newsletter.has('smtp')).toBe(true);
  });
});
