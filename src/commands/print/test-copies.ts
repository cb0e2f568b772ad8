import { relative } from 'node:path';
import type { TestCopies, TestCopy, TestImages } from '../../campaign/test-copy.js';
import { EXIT, type ExitCode } from '../../findings/error.js';
import type { CommandContext } from '../command.js';
import { kilobytes } from './weight.js';

/** Prints the results of test copies. @returns the exit code */
export function printTestCopies(
  { output, json, cwd }: Pick<CommandContext, 'output' | 'json' | 'cwd'>,
  issue: number,
  copies: TestCopies,
): ExitCode {
  const { tests, images } = copies;
  if (json) output.json({ issue, tests, images });
  else for (const test of tests) output.result(testText(test, copies, cwd));
  output.talk(imagesText(images));
  return tests.every(({ result }) => result === 'accepted') ? EXIT.done : EXIT.findings;
}

function testText(
  { address, result, detail }: TestCopy,
  { transport, live }: TestCopies,
  cwd: string,
): string {
  if (result !== 'accepted') return `${address}  ${result}  ${detail}`;
  return live
    ? `Sent a test to ${address}.`
    : `Nothing was mailed (${transport}). Wrote ${relative(cwd, detail)}`;
}

function imagesText({ embedded, bytes, linked }: TestImages): string {
  const within = embedded > 0 ? `${embedded} embedded in the test (${kilobytes(bytes)})` : 'none embedded';
  return `Images: ${within}, ${linked} loaded from the web. Readers load all of them from the web.`;
}
