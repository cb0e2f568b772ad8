import { randomBytes } from 'node:crypto';
import { EXIT, type ExitCode } from '../../findings/error.js';
import type { IssueFile } from '../../issue/store.js';
import { anybody } from '../../message/anybody.js';
import { MessageWriter } from '../../message/writer.js';
import { sendOne } from '../../transport/transport.js';
import { compileIssue } from './compile.js';
import { addressOf, findReader } from './reader.js';
import { signingSecret } from './secret.js';
import { type SendSession, transportOf } from './session.js';

/** What became of one test copy. */
export interface TestCopy {
  readonly address: string;
  readonly result: string;
  readonly detail: string;
}

type TestSession = Pick<SendSession, 'newsletter'> & {
  readonly context: Pick<SendSession['context'], 'clock' | 'env'>;
  readonly options: Pick<SendSession['options'], 'list' | 'transport'>;
};

/** Sends one copy to each address, its subject marked; no delivery is touched. */
export async function sendTest(
  session: SendSession,
  file: IssueFile,
  addresses: readonly string[],
): Promise<ExitCode> {
  const { output, json } = session.context;
  const tests = await sendCopies(session, file, addresses);
  if (json) output.json({ issue: file.number, tests });
  else for (const { address, result, detail } of tests) output.result(`${address}  ${result}  ${detail}`);
  return tests.every(({ result }) => result === 'accepted') ? EXIT.done : EXIT.findings;
}

/** @throws ObnError when the checks find an error, an address is none, or the transport cannot be opened. */
export async function sendCopies(
  session: TestSession,
  file: IssueFile,
  addresses: readonly string[],
): Promise<TestCopy[]> {
  const { context, newsletter, options } = session;
  const { clock, env } = context;
  const wanted = addresses.map(addressOf);
  const { message, list } = await compileIssue(newsletter, file, clock.now(), options.list);
  const transport = await transportOf(session).open(newsletter, env);
  const writer = new MessageWriter(message, { secret: signingSecret(newsletter), subjectPrefix: '[Test] ' });
  const copies: TestCopy[] = [];
  try {
    for (const { address } of wanted) {
      const reader = (await findReader(list, address)) ?? anybody(message, address);
      const reference = `test-${randomBytes(12).toString('hex')}`;
      const result = await sendOne(transport, writer.write({ ...reader, address, reference }, clock.now()));
      if (!result) continue;
      const detail = result.kind === 'accepted' ? result.messageId : `${result.code}: ${result.reason}`;
      copies.push({ address, result: result.kind, detail });
    }
  } finally {
    await transport.close();
  }
  return copies;
}
