import type { TestCopies, TestImages } from '../../campaign/test-copy.js';
import { EXIT, type ExitCode } from '../../findings/error.js';
import type { CommandContext } from '../command.js';
import { kilobytes } from './weight.js';

/** Prints what became of the copies of an issue. @returns the exit code */
export function printTestCopies(
  { output, json }: Pick<CommandContext, 'output' | 'json'>,
  issue: number,
  { tests, images }: TestCopies,
): ExitCode {
  if (json) output.json({ issue, tests, images });
  else for (const { address, result, detail } of tests) output.result(`${address}  ${result}  ${detail}`);
  output.talk(imagesText(images));
  return tests.every(({ result }) => result === 'accepted') ? EXIT.done : EXIT.findings;
}

function imagesText({ embedded, bytes, linked }: TestImages): string {
  const within = embedded > 0 ? `${embedded} embedded in the test (${kilobytes(bytes)})` : 'none embedded';
  return `Images: ${within}, ${linked} loaded from the web. Readers load all of them from the web.`;
}
