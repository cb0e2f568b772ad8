import { warmMjml } from '../render/mjml.js';

/** Commands that always render an issue. */
const RENDERING = ['check', 'render', 'preview', 'approve'];

/** Starts the slowest import before the command itself is loaded. */
export function warmFor(command: string | undefined): void {
  if (command !== undefined && RENDERING.includes(command)) warmMjml();
}
