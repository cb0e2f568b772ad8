import type { Ledger } from './ledger.js';
import type { OpenOptions } from './open-options.js';

/** A kind of ledger: its addresses, and how to open one. */
export interface LedgerKind {
  readonly name: string;
  /** The prefix of its addresses, in lowercase. */
  readonly schemes: readonly string[];
  /** The file of the ledger; undefined if it is on a server. */
  file?(url: string, root: string): string;
  /**
   * Opens a ledger.
   * @param root the folder that relative paths start from
   * @returns undefined if it does not exist and is not to be created
   */
  open(url: string, root: string, options: OpenOptions): Promise<Ledger | undefined>;
}
