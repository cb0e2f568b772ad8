import type { Finding } from '../findings/finding.js';
import type { Variant } from '../message/variants.js';
import type { Weight } from '../message/weight.js';

// JSON messages from the preview server to its page.

export interface NewsletterFacts {
  /** Increases with every change on disk. */
  readonly revision: number;
  readonly name: string;
  /** How tests are sent, and whether they are real emails. Undefined until obn.yaml can be read. */
  readonly transport?: { readonly name: string; readonly live: boolean };
  readonly list: { readonly name: string; readonly exists: boolean };
  /** Newest first. */
  readonly issues: readonly IssueFacts[];
  /** Why the ledger cannot be read. The states then come from the files. */
  readonly trouble?: Broken;
  readonly broken?: Broken;
}

export interface IssueFacts {
  readonly number: number;
  /** Null if the file cannot be read. */
  readonly title: string | null;
  readonly date: string | null;
  readonly state: string;
  readonly file: string;
}

/** Why something cannot be shown. */
export interface Broken {
  readonly message: string;
  readonly hint?: string;
  readonly findings: readonly Finding[];
}

export interface IssueView {
  readonly revision: number;
  readonly number: number;
  /** The current problem. `mail` is then the last good version, if there was one. */
  readonly broken?: Broken;
  readonly mail?: MailFacts;
}

export interface MailFacts {
  readonly title: string;
  readonly from: { readonly name: string; readonly email: string };
  readonly to: string;
  readonly subject: string;
  /** Preview text that mail programs show next to the subject. */
  readonly snippet: string;
  readonly weight: Weight;
  readonly textBytes: number;
  /** Size at which Gmail clips. */
  readonly clipBytes: number;
  /** Remote images, which load only on request. */
  readonly remotePictures: number;
}

/** A finding and its section of the email; null for the area above the sections. */
export type PlacedFinding = Finding & { readonly section: number | null };

export interface FindingsView {
  readonly revision: number;
  readonly findings: readonly PlacedFinding[];
  /** Whether every row of the list was checked. */
  readonly rows: boolean;
}

export interface ReaderFacts {
  readonly address: string;
  readonly name: string;
}

export interface ReadersView {
  readonly readers: readonly ReaderFacts[];
}

export interface VariantsView {
  readonly variants: readonly Variant[];
}

/** Result of a test. */
export interface TestResult {
  readonly address: string;
  readonly result: string;
  readonly detail: string;
}

export interface Failure {
  readonly error: string;
  readonly hint?: string;
  readonly findings?: readonly Finding[];
}
