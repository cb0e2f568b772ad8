import type { Finding } from './finding.js';

/** Exit codes of the command line. */
export const EXIT = {
  done: 0,
  findings: 1,
  usage: 2,
  configuration: 3,
  stopped: 4,
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

interface ObnErrorOptions {
  readonly hint?: string | undefined;
  readonly findings?: readonly Finding[];
  readonly cause?: unknown;
}

/** An error that a person can act on: the message says what is wrong, and the hint what to do. */
export class ObnError extends Error {
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;
  readonly findings: readonly Finding[];

  constructor(exitCode: ExitCode, message: string, options: ObnErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ObnError';
    this.exitCode = exitCode;
    this.hint = options.hint;
    this.findings = options.findings ?? [];
  }
}

/** Wrong usage of a command. */
export function usageError(message: string, hint?: string): ObnError {
  return new ObnError(EXIT.usage, message, { hint });
}

/** The configuration or the machine does not allow what the command does. */
export function configurationError(message: string, options: ObnErrorOptions = {}): ObnError {
  return new ObnError(EXIT.configuration, message, options);
}

interface FileErrorOptions extends ObnErrorOptions {
  /** Name of the finding in `obn check`. */
  readonly rule?: string;
}

/** A file that cannot be read, or has the wrong content. */
export class FileError extends ObnError {
  readonly rule: string;

  constructor(
    readonly path: string,
    /** Line that the reason is about, from 1. */
    readonly line: number,
    readonly reason: string,
    options: FileErrorOptions = {},
  ) {
    super(EXIT.configuration, `${path}:${line}:1 ${reason}`, options);
    this.rule = options.rule ?? 'file/unreadable';
  }
}

/** A template with an error, or one whose output cannot be used. */
export class TemplateError extends FileError {
  constructor(path: string, line: number, reason: string, options: ObnErrorOptions = {}) {
    super(path, line, reason, { ...options, rule: 'template/broken' });
  }
}

/** Errors in the files of the newsletter, each with its position. */
export function findingsError(message: string, findings: readonly Finding[], hint?: string): ObnError {
  return new ObnError(EXIT.findings, message, { findings, hint });
}

/** The answer no to a question. It is printed without `error:`. */
export class CancelledError extends ObnError {
  constructor(message: string) {
    super(EXIT.usage, message);
    this.name = 'CancelledError';
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
