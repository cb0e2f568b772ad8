import { join } from 'node:path';
import { messageOf } from '../../findings/error.js';
import { listFolder, OWNER_ONLY, removeFile, writeFile } from '../../platform/files.js';
import type { OutgoingMessage } from '../outgoing.js';
import type { Limits, SendResult, Transport } from '../transport.js';

/** Writes each message to a file, exactly as it would be sent. */
export class Outbox implements Transport {
  readonly concurrency = 16;
  readonly batch = 1;

  constructor(private readonly folder: string) {}

  async limits(): Promise<Limits> {
    return {};
  }

  send(messages: readonly OutgoingMessage[]): Promise<SendResult[]> {
    return Promise.all(messages.map((message) => this.write(message)));
  }

  private async write(message: OutgoingMessage): Promise<SendResult> {
    const path = join(issueFolder(this.folder, message.issue), outboxFileName(message));
    try {
      await writeFile(path, message.raw(), OWNER_ONLY);
      return { kind: 'accepted', messageId: path };
    } catch (error) {
      return { kind: 'refused', code: 'write', reason: messageOf(error) };
    }
  }

  async close(): Promise<void> {}
}

function issueFolder(outbox: string, issue: number): string {
  return join(outbox, String(issue).padStart(3, '0'));
}

/** File name from the percent-encoded address, or from the reference if that is too long. */
export function outboxFileName({ to, reference }: Pick<OutgoingMessage, 'to' | 'reference'>): string {
  const name = encodeURIComponent(to.toLowerCase()).replaceAll('%40', '@').replaceAll('*', '%2A');
  if (name.length > 200 || name.startsWith('.')) return `${reference}.eml`;
  return `${reference.startsWith('test-') ? 'test-' : ''}${name}.eml`;
}

/** File names that obn creates. Other files are never touched. */
const OWN_NAME = /^(?:(?:test-)?[^/]+@[^/]+|(?:test-)?[0-9a-f]{24,32})\.eml$/;

/** Deletes the messages of an earlier rehearsal of an issue. Keeps other files. */
export async function clearOutbox(outbox: string, issue: number): Promise<void> {
  const folder = issueFolder(outbox, issue);
  for (const name of await listFolder(folder)) {
    if (OWN_NAME.test(name)) await removeFile(join(folder, name));
  }
}
