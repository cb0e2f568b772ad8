import { warmFor } from '../commands/warm.js';
import { calledCommand } from './called.js';

const argv = process.argv.slice(2);
warmFor(calledCommand(argv));
const { runCli } = await import('./run.js');
process.exitCode = await runCli(argv);
