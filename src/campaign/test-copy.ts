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

/** The result of one test copy. */
export interface TestCopy {
  readonly address: string;
  /** `accepted`, or another result of the transport. */
  readonly result: string;
  /** The message id (a path in the outbox), or the provider's reason. */
  readonly detail: string;
}

/** How many images of a test copy are embedded, and how many are linked. */
export interface TestImages {
  readonly embedded: number;
  /** Size of the embedded images. */
  readonly bytes: number;
  /** Images loaded from the web. */
  readonly linked: number;
}

export interface TestCopies {
  readonly tests: readonly TestCopy[];
  readonly images: TestImages;
  readonly transport: string;
  /** Whether the transport sends email. */
  readonly live: boolean;
}

/**
 * Sends one copy with `[Test]` in the subject to each address. The ledger does not change.
 * @throws ObnError if the checks find an error, an address is invalid, or the transport cannot be opened
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
  const kind = transportKind(newsletter, choice.transport);
  const transport: Transport = await kind.open(newsletter, env);
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
    const { name, live } = kind;
    return { tests, images: { embedded: images.length, bytes, linked }, transport: name, live };
  } finally {
    await transport.close();
  }
}
