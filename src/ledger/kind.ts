import type { Ledger } from './ledger.js';
import type { OpenOptions } from './open-options.js';

/** A kind of ledger: which addresses it answers to, and how to open one. */
export interface LedgerKind {
  readonly name: string;
  /** How its addresses begin, in small letters. */
  readonly schemes: readonly string[];
  /** The file that it is kept in, and gone with; left out where a server keeps it. */
  file?(url: string, root: string): string;
  /**
   * Opens it.
   * @param root folder that relative paths are meant from.
   * @returns undefined for one that does not exist, and is not made
   */
  open(url: string, root: string, options: OpenOptions): Promise<Ledger | undefined>;
}
