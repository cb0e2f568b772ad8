import { findingsText } from '../commands/print/findings.js';
import type { Output } from '../commands/terminal.js';
import { CancelledError, EXIT, type ExitCode, messageOf, ObnError } from '../findings/error.js';
import { visible } from '../findings/visible.js';

/** Prints an error for a person. @returns its exit code */
export function printError(error: unknown, output: Output, debug: boolean): ExitCode {
  const { talkStyle: style } = output;
  const head = `${style.red('error:')} ${visible(messageOf(error))}`;
  if (debug && error instanceof Error) output.talk(error.stack ?? '');
  if (error instanceof CancelledError) {
    output.talk(error.message);
    return error.exitCode;
  }
  if (error instanceof ObnError) {
    output.talk(head);
    if (error.findings.length > 0) output.talk(findingsText(error.findings, style));
    if (error.hint) output.talk(style.cyan(visible(error.hint)));
    return error.exitCode;
  }
  output.talk(`${head}\nThis is a bug in obn. Run it again with OBN_DEBUG=1 and report what it prints.`);
  return EXIT.bug;
}
