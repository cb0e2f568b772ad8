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

/** An error that a person can act on: a sentence that says what is wrong, and a hint that says what to do. */
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

/** The command was called in a way that cannot be carried out. */
export function usageError(message: string, hint?: string): ObnError {
  return new ObnError(EXIT.usage, message, { hint });
}

/** The configuration or the machine does not allow what was asked for. */
export function configurationError(message: string, options: ObnErrorOptions = {}): ObnError {
  return new ObnError(EXIT.configuration, message, options);
}

/** A file that cannot be read as what it is meant to be. */
export class FileError extends ObnError {
  constructor(
    readonly path: string,
    /** Line that the reason is about, from 1. */
    readonly line: number,
    readonly reason: string,
    options: ObnErrorOptions = {},
  ) {
    super(EXIT.configuration, `${path}:${line}:1 ${reason}`, options);
  }
}

/** A template that cannot be filled, or makes what cannot be used. */
export class TemplateError extends FileError {}

/** The files of the newsletter have errors; each is listed with its place. */
export function findingsError(message: string, findings: readonly Finding[], hint?: string): ObnError {
  return new ObnError(EXIT.findings, message, { findings, hint });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
