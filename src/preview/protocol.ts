import type { Finding } from '../findings/finding.js';
import type { Variant } from '../message/variants.js';
import type { Weight } from '../message/weight.js';

// What the server of the preview tells its page, as JSON.

export interface NewsletterFacts {
  /** Grows with every change on the disk. */
  readonly revision: number;
  readonly name: string;
  /** How a test copy is sent, and whether that is real mail. */
  /** How a test goes out; undefined until obn.yaml can be read. */
  readonly transport?: { readonly name: string; readonly live: boolean };
  readonly list: { readonly name: string; readonly exists: boolean };
  /** The newest first. */
  readonly issues: readonly IssueFacts[];
  /** Why the ledger cannot be read: the states are then what the files say. */
  readonly trouble?: Broken;
  readonly broken?: Broken;
}

export interface IssueFacts {
  readonly number: number;
  /** Null where the file cannot be read. */
  readonly title: string | null;
  readonly date: string | null;
  readonly state: string;
  readonly file: string;
}

/** Why something cannot be shown as it stands now. */
export interface Broken {
  readonly message: string;
  readonly hint?: string;
  readonly findings: readonly Finding[];
}

export interface IssueView {
  readonly revision: number;
  readonly number: number;
  /** What is wrong now; `mail` is then the last one that could be made, if there was one. */
  readonly broken?: Broken;
  readonly mail?: MailFacts;
}

export interface MailFacts {
  readonly title: string;
  readonly from: { readonly name: string; readonly email: string };
  readonly to: string;
  readonly subject: string;
  /** What a mail program shows beside the subject. */
  readonly snippet: string;
  readonly weight: Weight;
  readonly textBytes: number;
  /** From so many bytes on, Gmail cuts. */
  readonly clipBytes: number;
  /** Pictures that only others have; they are not fetched unless that is wanted. */
  readonly remotePictures: number;
}

/** A finding, and the section of the mail that it is about; null: what stands above the sections. */
export type PlacedFinding = Finding & { readonly section: number | null };

export interface FindingsView {
  readonly revision: number;
  readonly findings: readonly PlacedFinding[];
  /** Whether every row of the list was looked at. */
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

/** What became of a test copy. */
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
