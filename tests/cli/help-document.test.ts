import { expect, it } from 'vitest';
import { commands } from '../../src/commands/table.js';
import { EXIT } from '../../src/findings/error.js';
import { obn } from '../support/cli-here.js';

interface Document {
  options: { flag: string }[];
  commands: {
    name: string;
    usage: string;
    arguments: { name: string; required: boolean }[];
    options: { flag: string; value: string | null; description: string }[];
    examples: { call: string }[];
    outcomes: { code: number; when: string }[];
  }[];
}

const help = async (...args: string[]) => (await obn('/', args)).json<Document>();

it('describes every command as data', async () => {
  const document = await help('help', '--json');
  expect(document.options.map(({ flag }) => flag)).toEqual(['-C', '--json', '--no-color']);
  const groups = new Set(document.commands.map(({ name }) => name.split(' ')[0]));
  expect([...groups]).toEqual(commands.map(({ name }) => name));
  for (const { name, outcomes, options, examples } of document.commands) {
    expect(outcomes[0]?.code, name).toBe(EXIT.done);
    expect(options.every(({ flag, description }) => /^--[a-z-]+$/.test(flag) && description !== '')).toBe(
      true,
    );
    expect(
      examples.every(({ call }) => call.startsWith('obn ')),
      name,
    ).toBe(true);
  }
});

it('names the values of flags, and which arguments are required', async () => {
  const [send] = (await help('help', 'send', '--json')).commands;
  expect(send).toMatchObject({ usage: 'obn send [options] [issue]', arguments: [{ required: false }] });
  expect(send?.options).toContainEqual(expect.objectContaining({ flag: '--limit', value: 'count' }));
  expect(send?.options).toContainEqual(expect.objectContaining({ flag: '--yes', value: null }));
});

it.each([
  [['send', '--help', '--json'], ['send']],
  [['--json', 'help', 'subscribers', 'add'], ['subscribers add']],
])('describes the commands that obn %s asks for', async (args, names) => {
  expect((await help(...args)).commands.map(({ name }) => name)).toEqual(names);
});

it('describes each command of a group', async () => {
  const { commands } = await help('subscribers', '-h', '--json');
  expect(commands.length).toBeGreaterThan(5);
  expect(commands.every(({ name, usage }) => usage.startsWith(`obn ${name}`))).toBe(true);
});

it('refuses to describe an unknown command', async () => {
  const { code, stderr, stdout } = await obn('/', ['help', 'sned', '--json']);
  expect(stderr).toContain('did you mean "send"?');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
