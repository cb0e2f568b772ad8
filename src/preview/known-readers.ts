import type { Subscriber } from '../audience/subscriber.js';
import type { List } from '../check/check.js';
import { fileSize, modifiedAt } from '../platform/files.js';

/** Cache of readers, valid until the list file changes. */
export class KnownReaders {
  private stamp = '';
  private found = new Map<string, Promise<Subscriber | undefined>>();

  /**
   * @param key normalized address
   * @returns undefined if the address is not on the list
   */
  async find({ path, name }: List, key: string): Promise<Subscriber | undefined> {
    const stamp = `${path} ${modifiedAt(path)} ${await fileSize(path)}`;
    if (stamp !== this.stamp) {
      this.stamp = stamp;
      this.found = new Map();
    }
    const { found } = this;
    const known = found.get(key);
    if (known) return known;
    const { findSubscriber } = await import('../audience/find.js');
    const reader = findSubscriber(path, name, key);
    found.set(key, reader);
    reader.catch(() => found.delete(key));
    return reader;
  }
}
