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

interface FileErrorOptions extends ObnErrorOptions {
  /** Name of the finding that it becomes in `obn check`. */
  readonly rule?: string;
}

/** A file that cannot be read as what it is meant to be. */
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

/** A template that cannot be filled, or makes what cannot be used. */
export class TemplateError extends FileError {
  constructor(path: string, line: number, reason: string, options: ObnErrorOptions = {}) {
    super(path, line, reason, { ...options, rule: 'template/broken' });
  }
}

/** The files of the newsletter have errors; each is listed with its place. */
export function findingsError(message: string, findings: readonly Finding[], hint?: string): ObnError {
  return new ObnError(EXIT.findings, message, { findings, hint });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
