import { fileMistakes } from './file-mistakes.js';
import { keyMistakes } from './key-mistakes.js';
import { layoutMistakes } from './layout-mistakes.js';
import { linkMistakes } from './link-mistakes.js';
import { markdownMistakes } from './markdown-mistakes.js';
import { mergeMistakes } from './merge-mistakes.js';
import type { Mistake } from './mistake.js';
import { quotingMistakes } from './quoting-mistakes.js';
import { structureMistakes } from './structure-mistakes.js';
import { valueMistakes } from './value-mistakes.js';

/** Mistakes that authors make, by what they are about. */
export const mistakes: readonly Mistake[] = [
  ...quotingMistakes,
  ...layoutMistakes,
  ...valueMistakes,
  ...keyMistakes,
  ...structureMistakes,
  ...mergeMistakes,
  ...markdownMistakes,
  ...linkMistakes,
  ...fileMistakes,
];
