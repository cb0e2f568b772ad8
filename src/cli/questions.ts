import type { Questions } from '../commands/terminal.js';
import { EXIT, ObnError } from '../findings/error.js';

/** Asks on the terminal. Questions go to stderr, because stdout is for results. */
export function createQuestions(): Questions {
  return {
    async text(message, { initial, validate }) {
      const prompt = await loadPrompt();
      const options = {
        ...(initial === undefined ? {} : { default: initial }),
        ...(validate ? { validate } : {}),
      };
      return asked(prompt<{ answer: string }>([{ type: 'input', name: 'answer', message, ...options }]));
    },
    async confirm(message) {
      const prompt = await loadPrompt();
      return asked(
        prompt<{ answer: boolean }>([{ type: 'confirm', name: 'answer', message, default: false }]),
      );
    },
  };
}

async function loadPrompt() {
  const { createPromptModule } = await import('inquirer');
  return createPromptModule({ output: process.stderr });
}

/** Turns Ctrl-C at a question into a refusal. */
async function asked<T>(prompted: Promise<{ answer: T }>): Promise<T> {
  try {
    return (await prompted).answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') {
      throw new ObnError(EXIT.stopped, 'stopped; nothing was changed');
    }
    throw error;
  }
}
