import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { obn, spawnObn } from '../support/cli.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';

const RECORDED = join(import.meta.dirname, '../check/spam/recorded');

/** A newsletter on a machine where `spamassassin` is this script. */
function withProgram(script: string): { newsletter: TestNewsletter; env: Record<string, string> } {
  const newsletter = makeNewsletter();
  newsletter.write('bin/spamassassin', `#!/bin/sh\n${script}\n`);
  chmodSync(newsletter.path('bin/spamassassin'), 0o755);
  return { newsletter, env: { PATH: `${newsletter.path('bin')}:${process.env.PATH}` } };
}

/** One that keeps what it is given, and answers what the real one has answered. */
function answering(name: string) {
  return withProgram(`echo "$@" > arguments\ncat > mail\ncat '${join(RECORDED, name)}'`);
}

it('checks the message as it is sent, and shows the score with every rule', async () => {
  const { newsletter, env } = answering('ham.txt');
  const { code, stdout } = await obn(newsletter.root, ['check', '1', '--spam'], { env });
  expect(stdout).toMatch(/Issue #1: 0\.0 of 5\.0 points from SpamAssassin/);
  expect(stdout).toMatch(/ 0\.001 {2}MSGID_SHORT {2,}Message-ID is unusually short/);
  expect(code).toBe(0);
  const mail = newsletter.read('mail');
  expect(mail).toMatch(/^From: .*jane@weekly\.example\.com>\r\n/);
  expect(mail).toMatch(/^List-Unsubscribe: </m);
  expect(mail).toMatch(/^Content-Type: text\/html/m);
  expect(newsletter.read('arguments')).toMatch(/^-t -L -x --cf=use_bayes 0 /);
});

it.each([
  ['spam.txt', 'error', 1, /15\.0 points, and 5\.0 or more is spam.*DRUG_ED_CAPS \(2\.8\)/],
  ['between.txt', 'warning', 0, /DEAR_FRIEND/],
])('makes of %s a finding that is %s', async (name, severity, exitCode, message) => {
  const { newsletter, env } = answering(name);
  const { code, json } = await obn(newsletter.root, ['check', '1', '--spam', '--json'], { env });
  const { findings, spam } = json<{ findings: object[]; spam: object[] }>();
  const at = { file: 'issues/001-first.yaml', line: 1, rule: 'spam/score', severity };
  expect(findings).toContainEqual(
    expect.objectContaining({ ...at, message: expect.stringMatching(message) }),
  );
  expect(spam).toMatchObject([{ issue: 1, threshold: 5 }]);
  expect(code).toBe(exitCode);
});

it('annotates a pull request', async () => {
  const { newsletter, env } = answering('spam.txt');
  const { stdout } = await obn(newsletter.root, ['check', '1', '--spam', '--format', 'github'], { env });
  expect(stdout).toMatch(/^::error file=issues\/001-first\.yaml,line=1,col=\d+,title=spam\/score::/m);
});

it('is switched off like any other rule', async () => {
  const { newsletter, env } = answering('spam.txt');
  newsletter.write(
    'obn.yaml',
    `${newsletter.read('obn.yaml')}check: { off: { spam/score: "we are about spam" } }\n`,
  );
  const { code, json } = await obn(newsletter.root, ['check', '1', '--spam', '--json'], { env });
  expect(json()).toMatchObject({ errors: 0, spam: [{ score: 15 }] });
  expect(code).toBe(0);
});

it('says what to install if it is missing', async () => {
  const { root } = makeNewsletter();
  const { code, stderr } = await obn(root, ['check', '1', '--spam'], { env: { PATH: '/nowhere' } });
  expect(stderr).toMatch(
    /--spam needs spamassassin, which is not on the PATH[\s\S]*apt install spamassassin/,
  );
  expect(code).toBe(3);
});

it.each([
  ['fails', 'cat > mail; echo "no rules were found!" >&2; exit 2', /does not work: no rules were found!/],
  ['says nothing', 'cat > mail', /exited with code 0 and printed no report/],
  ['does not listen', 'exec 0<&-; exit 1', /exited with code 1/],
  ['is killed', 'kill -9 $$', /was killed by SIGKILL/],
  ['does not stop', 'exec yes', /it wrote too much output/],
])('says so when it %s', async (_, script, message) => {
  const { newsletter, env } = withProgram(script);
  const { code, stderr } = await obn(newsletter.root, ['check', '1', '--spam'], { env });
  expect(stderr).toMatch(message);
  expect(code).toBe(3);
});

it('ends when it is interrupted, and does not wait for the program', async () => {
  const { newsletter, env } = withProgram('echo started >&2\ntouch started\nexec sleep 600');
  const { child, result } = spawnObn(newsletter.root, ['check', '1', '--spam'], { env });
  await started(newsletter, child);
  child.kill('SIGINT');
  expect(await result).toMatchObject({ code: 4 });
});

async function started(newsletter: TestNewsletter, child: { exitCode: number | null }): Promise<void> {
  for (;;) {
    try {
      newsletter.read('started');
      return;
    } catch {
      if (child.exitCode !== null) throw new Error('it has ended before');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
