import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';

describe('the command line', () => {
  const wrong: readonly (readonly [string, string[], RegExp])[] = [
    [
      'an unknown command',
      ['sned'],
      /unknown command "sned"; did you mean "send"\?\nthe commands are init, new/,
    ],
    ['an unknown command that asks for help', ['report', '--help'], /unknown command "report"/],
    ['help for an unknown command', ['help', 'chekc'], /did you mean "check"/],
    ['an unknown command of a group', ['subscribers', 'lst', '-h'], /unknown command "subscribers lst"; did/],
    ['an unknown flag before a command', ['--limit', '5', 'send'], /unknown option '--limit'/],
    ['an unknown flag', ['send', '--dryrun'], /unknown option '--dryrun'[\s\S]*--dry-run/],
    ['a count that is none', ['send', '1', '--limit', 'abc'], /--limit takes a whole number.*"abc"/],
    ['a negative count', ['send', '1', '--limit', '-1'], /--limit/],
    ['a rate of nothing', ['send', '1', '--rate', '0'], /--rate takes a number of at least 0\.001/],
    ['a duration without unit', ['send', '--due', '--grace', '24'], /--grace takes a duration/],
    ['a transport that does not exist', ['send', '1', '--transport', 'pigeon'], /outbox, ses, smtp/],
    ['too many arguments', ['send', '1', '2'], /too many arguments/],
    ['an issue that does not exist', ['send', '99'], /there is no issue 99[\s\S]*issues: 1, 2/],
    ['a folder that does not exist', ['-C', 'nowhere', 'list'], /folder not found: nowhere/],
    ['a schema that does not exist', ['schema', 'issues'], /issue, config/],
    ['--due with a number', ['send', '1', '--due'], /remove the number/],
    ['a section type that does not exist', ['new', 'T', '--sections', 'sotry'], /did you mean "story"/],
    ['a date that is none', ['new', 'T', '--date', '2018-02-30'], /--date takes a date/],
    ['a number that is taken', ['new', 'T', '--number', '1'], /issue #1 already exists/],
    ['a title of two lines', ['new', 'a\nb'], /one line/],
    [
      'a test address that is none',
      ['send', '1', '--test', 'nobody'],
      /"nobody" is not a valid email address/,
    ],
    [
      'a reader who is not on the list',
      ['render', '1', '--for', 'x@y.example'],
      /x@y\.example is not in subscribers/,
    ],
  ];

  it.each(wrong)('refuses %s with exit code 2', async (_, args, message) => {
    const newsletter = await makeNewsletter();
    const { code, stdout, stderr } = await obn(newsletter.root, args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('names the folders that it searched for a newsletter', async () => {
    const newsletter = await makeNewsletter({ 'obn.yaml': null });
    const { code, stderr } = await obn(newsletter.root, ['list']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/there is no obn.yaml in .*obn init/s);
  });

  it('finds the newsletter from a folder within it, and with -C', async () => {
    const newsletter = await makeNewsletter();
    const inside = await obn(newsletter.path('issues'), ['list', '--json']);
    const outside = await obn('/', ['-C', newsletter.root, 'list', '--json']);
    expect((inside.json() as unknown[]).length).toBe(2);
    expect((outside.json() as { file: string }[])[0]?.file).toBe('issues/001-first.yaml');
  });

  it.each([['--help'], ['-h'], ['help'], ['send', '--help'], ['send', '-h'], ['help', 'send']])(
    'helps: obn %s %s',
    async (...args) => {
      const { code, stdout } = await obn('/', args.filter(Boolean));
      expect(code).toBe(0);
      expect(stdout).toMatch(/Usage: obn[\s\S]*Examples:/);
    },
  );

  it.each(['--version', '-v', '-V'])('prints its version: obn %s', async (flag) => {
    const { code, stdout } = await obn('/', [flag]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(code).toBe(0);
  });

  it('ends the help of a command with examples and exit codes', async () => {
    const { stdout } = await obn('/', ['check', '-h']);
    expect(stdout).toMatch(/Examples:\n[\s\S]*Exit codes:\n {2}0 {3}there are no errors.*\n {2}1 /);
  });

  it('prints one JSON document on stdout and its talk on stderr', async () => {
    const newsletter = await makeNewsletter();
    const { stdout, stderr, json } = await obn(newsletter.root, ['send', '1', '--json']);
    expect(json()).toMatchObject({ issue: 1, state: 'rehearsed' });
    expect(stdout.trim().startsWith('{')).toBe(true);
    expect(stderr).toContain('Issue #1');
  });

  it('prints schemas that an editor can use', async () => {
    const { json } = await obn('/', ['schema', 'issue']);
    expect(json()).toMatchObject({ type: 'object', additionalProperties: false });
  });
});
