import { randomBytes } from 'node:crypto';
import { kilobytes } from '../commands/print/weight.js';
import { EXIT, type ExitCode } from '../findings/error.js';
import type { IssueFile } from '../issue/store.js';
import { anybody } from '../message/anybody.js';
import { imageAddresses } from '../message/embedded.js';
import { MessageWriter } from '../message/writer.js';
import { sendOne, type Transport } from '../transport/transport.js';
import { compileIssue } from './compile.js';
import { embedImages } from './embed-images.js';
import { addressOf, findReader } from './reader-lookup.js';
import { type SendSession, transportOf } from './session.js';
import { signingSecret } from './signing-secret.js';

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
  const { tests, images } = await sendCopies(session, file, addresses);
  if (json) output.json({ issue: file.number, tests, images });
  else for (const { address, result, detail } of tests) output.result(`${address}  ${result}  ${detail}`);
  output.talk(imagesText(images));
  return tests.every(({ result }) => result === 'accepted') ? EXIT.done : EXIT.findings;
}

/** The images of a test copy, by where they come from. */
interface TestImages {
  readonly embedded: number;
  /** Of those that are embedded. */
  readonly bytes: number;
  /** Those that are loaded from the web. */
  readonly linked: number;
}

function imagesText({ embedded, bytes, linked }: TestImages): string {
  const within = embedded > 0 ? `${embedded} embedded in the test (${kilobytes(bytes)})` : 'none embedded';
  return `Images: ${within}, ${linked} loaded from the web. Readers load all of them from the web.`;
}

/** @throws ObnError when the checks find an error, an address is none, or the transport cannot be opened. */
export async function sendCopies(
  session: TestSession,
  file: IssueFile,
  addresses: readonly string[],
): Promise<{ tests: TestCopy[]; images: TestImages }> {
  const { context, newsletter, options } = session;
  const { clock, env } = context;
  const wanted = addresses.map(addressOf);
  const { message: compiled, list } = await compileIssue(newsletter, file, clock.now(), options.list);
  const transport: Transport = await transportOf(session).open(newsletter, env);
  const tests: TestCopy[] = [];
  try {
    const { message, images } = transport.templates
      ? { message: compiled, images: [] }
      : await embedImages(newsletter, compiled);
    const secret = signingSecret(newsletter);
    const writer = new MessageWriter(message, { secret, subjectPrefix: '[Test] ', images });
    for (const { address } of wanted) {
      const reader = (await findReader(list, address)) ?? anybody(message, address);
      const reference = `test-${randomBytes(12).toString('hex')}`;
      const result = await sendOne(transport, writer.write({ ...reader, address, reference }, clock.now()));
      if (!result) continue;
      const detail = result.kind === 'accepted' ? result.messageId : `${result.code}: ${result.reason}`;
      tests.push({ address, result: result.kind, detail });
    }
    const bytes = images.reduce((sum, image) => sum + image.bytes.length, 0);
    const linked = imageAddresses(message.html).length;
    return { tests, images: { embedded: images.length, bytes, linked } };
  } finally {
    await transport.close();
  }
}
