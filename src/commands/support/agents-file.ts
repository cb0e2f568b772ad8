import { join } from 'node:path';
import { guideText } from '../../guide/guide.js';
import { createFile } from '../../platform/files.js';
import type { CommandContext } from '../command.js';
import { commandsDocument } from './commands-document.js';

/** Where coding agents look for instructions. */
export const AGENTS_FILE = 'AGENTS.md';

/** Writes the guide for coding agents into a folder. @returns false when the file exists; it stays as it is */
export async function writeAgentsFile(
  { commands }: Pick<CommandContext, 'commands'>,
  root: string,
): Promise<boolean> {
  return createFile(join(root, AGENTS_FILE), await guideText(await commandsDocument(commands)));
}
