import type { IssueName } from './issue-types.js';

export interface AddLinksOptions {
  /** Default: the newest draft; if there is none, links.yaml if it exists, or a new draft. */
  readonly to?: IssueName | undefined;
  /** The heading of the section, which is created if it does not exist. Default: the first section with links. */
  readonly section?: string | undefined;
  /** A note on each link, in Markdown. */
  readonly note?: string | undefined;
  /** Adds to links.yaml, even if there is a draft. */
  readonly inbox?: boolean | undefined;
  /** Requests addresses of this machine and its network, too. */
  readonly allowPrivate?: boolean | undefined;
  /** Finds out what would be added, and writes nothing. */
  readonly dryRun?: boolean | undefined;
  /** Stops the requests; nothing is added. */
  readonly signal?: AbortSignal | undefined;
}

export interface AddedLink {
  /** Without tracking parameters. */
  readonly url: string;
  readonly title: string;
  readonly author: string | undefined;
  readonly source: string | undefined;
  /** Relative to the folder that was opened. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Where an earlier issue has the same address. */
  readonly earlier: { readonly issue: number; readonly file: string; readonly line: number } | undefined;
  /** Why obn knows only the address, such as `answers 404 Not Found`. */
  readonly problem: string | undefined;
}

export interface AddLinksResult {
  readonly added: readonly AddedLink[];
  /** Addresses that the file has already. */
  readonly skipped: readonly { readonly url: string; readonly file: string; readonly line: number }[];
  /** The YAML of the new items, not indented. */
  readonly yaml: string;
  /** The number of the issue that was created for them. */
  readonly created: number | undefined;
}
