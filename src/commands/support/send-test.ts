import { randomBytes } from 'node:crypto';
import { EXIT, type ExitCode } from '../../findings/error.js';
import type { IssueFile } from '../../issue/store.js';
import { anybody } from '../../message/anybody.js';
import { MessageWriter } from '../../message/writer.js';
import { compileIssue } from './compile.js';
import { addressOf, findReader } from './reader.js';
import { signingSecret } from './secret.js';
import { type SendSession, transportOf } from './session.js';

/** Sends one copy to each address, its subject marked; no delivery is touched. */
export async function sendTest(
  session: SendSession,
  file: IssueFile,
  addresses: readonly string[],
): Promise<ExitCode> {
  const { context, newsletter, options } = session;
  const { output, clock, env, json } = context;
  const wanted = addresses.map(addressOf);
  const { message, list, issue } = await compileIssue(newsletter, file, context.clock.now(), options.list);
  const transport = await transportOf(session).open(newsletter, env);
  const writer = new MessageWriter(message, { secret: signingSecret(newsletter), subjectPrefix: '[Test] ' });
  const results: { address: string; result: string; detail: string }[] = [];
  try {
    for (const { address } of wanted) {
      const reader = (await findReader(list, address)) ?? anybody(message, address);
      const reference = `test-${randomBytes(12).toString('hex')}`;
      const [result] = await transport.send([writer.write({ ...reader, address, reference }, clock.now())]);
      if (!result) continue;
      const detail = result.kind === 'accepted' ? result.messageId : `${result.code}: ${result.reason}`;
      results.push({ address, result: result.kind, detail });
    }
  } finally {
    await transport.close();
  }
  if (json) output.json({ issue: issue.number, tests: results });
  else for (const { address, result, detail } of results) output.result(`${address}  ${result}  ${detail}`);
  return results.every(({ result }) => result === 'accepted') ? EXIT.done : EXIT.findings;
}
