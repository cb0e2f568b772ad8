import { randomBytes } from 'node:crypto';
import type { Newsletter } from '../config/load.js';
import type { IssueFile } from '../issue/store.js';
import { anybody } from '../message/anybody.js';
import { imageAddresses } from '../message/embedded.js';
import { MessageWriter } from '../message/writer.js';
import type { Host } from '../platform/host.js';
import { sendOne, type Transport } from '../transport/transport.js';
import { compileIssue } from './compile.js';
import { embedImages } from './embed-images.js';
import { addressOf, findReader } from './reader-lookup.js';
import type { AudienceChoice } from './send-request.js';
import { signingSecret } from './signing-secret.js';
import { transportKind } from './transport-kind.js';

/** What became of one test copy. */
export interface TestCopy {
  readonly address: string;
  /** `accepted`, or how the provider refused it. */
  readonly result: string;
  /** The provider's name of the message, or its reason. */
  readonly detail: string;
}

/** The images of a test copy, by where they come from. */
export interface TestImages {
  readonly embedded: number;
  /** Of those that are embedded. */
  readonly bytes: number;
  /** Those that are loaded from the web. */
  readonly linked: number;
}

export interface TestCopies {
  readonly tests: readonly TestCopy[];
  readonly images: TestImages;
}

/**
 * Sends one copy to each address, its subject marked; no delivery is touched.
 * @throws ObnError when the checks find an error, an address is none, or the transport cannot be opened.
 */
export async function sendTestCopies(
  { clock, env }: Pick<Host, 'clock' | 'env'>,
  newsletter: Newsletter,
  file: IssueFile,
  addresses: readonly string[],
  choice: Pick<AudienceChoice, 'list' | 'transport'> = {},
): Promise<TestCopies> {
  const wanted = addresses.map(addressOf);
  const { message: compiled, list } = await compileIssue(newsletter, file, clock.now(), choice.list);
  const transport: Transport = await transportKind(newsletter, choice.transport).open(newsletter, env);
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
