import { EXIT } from '../findings/error.js';
import { guideText } from '../guide/guide.js';
import { defineCommand, outcomes } from './command.js';
import { commandsDocument } from './support/commands-document.js';

export const guide = defineCommand<[], object>({
  examples: [
    ['obn guide', 'everything that is needed to write a valid issue, on one page'],
    ['obn guide > AGENTS.md', 'for coding agents; `obn init --agents` writes it, too'],
  ],
  json: '{ markdown: string }',
  outcomes: outcomes([EXIT.done, 'the guide was printed']),
  async run({ commands, json, output }) {
    const markdown = await guideText(await commandsDocument(commands));
    if (json) output.json({ markdown });
    else output.result(markdown.trimEnd());
    return EXIT.done;
  },
});
