import { EXIT } from '../../findings/error.js';
import { outcomes } from '../command.js';

/** The ways in which any command can end. */
export const COMMON_OUTCOMES = outcomes(
  [EXIT.done, 'help or the version was printed'],
  [EXIT.usage, 'the command, a flag or a value is unknown or not allowed; nothing was changed'],
  [EXIT.usage, 'the command needs an answer, but there is no terminal to ask on'],
  [EXIT.configuration, 'there is no obn.yaml in this folder or above it, or obn.yaml has errors'],
  [EXIT.usage, 'you answered no at a question; nothing was changed'],
  [EXIT.stopped, 'you pressed Ctrl+C at a question; nothing was changed'],
  [EXIT.bug, 'obn has a bug'],
);

/** What each exit code means, whatever the command. */
export const EXIT_MEANINGS = outcomes(
  [EXIT.done, 'done; also when nothing was left to do'],
  [EXIT.findings, 'obn found problems, or some deliveries were rejected or are unknown'],
  [EXIT.usage, 'the command line is wrong'],
  [EXIT.configuration, 'the configuration, the machine or a service prevents it'],
  [EXIT.stopped, 'it stopped early; run it again to continue'],
  [EXIT.bug, 'obn has a bug'],
);
