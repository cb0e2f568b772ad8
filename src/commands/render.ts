import { join, relative } from 'node:path';
import { errorsText } from '../campaign/compile.js';
import { openRendering } from '../campaign/issue-rendering.js';
import { EXIT } from '../findings/error.js';
import { defineCommand, option, outcomes } from './command.js';
import { findingsText } from './print/findings.js';
import { lackingFieldsText, renderedText, variantsText } from './print/rendering.js';

interface Options {
  readonly out?: string;
  readonly for?: string;
  readonly list?: string;
  readonly variants?: boolean;
}

export const render = defineCommand<[string | undefined], Options>({
  arguments: [{ name: '[issue]', description: 'number or file; default: the newest unsent issue' }],
  options: [
    option('--out <dir>', 'output folder; default: .obn/render/NUMBER'),
    option('--for <address>', 'render it for this subscriber'),
    option('--list <file>', 'use this list instead of the one in obn.yaml'),
    option('--variants', 'list the distinct messages that the list would get'),
  ],
  examples: [
    ['obn render 3', 'write email, web page, plain text and the raw message'],
    ['obn render 3 --for jane@example.com --out /tmp/jane', 'render it for one subscriber'],
    ['obn render 3 --variants', 'count the distinct messages, with an example reader for each'],
  ],
  json: '{ issue: number; files: { file: string; bytes: number }[]; weight: object }',
  outcomes: outcomes(
    [EXIT.done, 'obn wrote the files'],
    [EXIT.findings, 'obn wrote the files, but the issue has errors and cannot be sent'],
    [EXIT.usage, 'there is no such issue, or the reader is not on the list'],
  ),
  async run(context, [wanted], { for: address, variants, ...options }) {
    const { cwd, json, output } = context;
    const onNotice = (text: string) => output.talk(text);
    const rendering = await openRendering(context, wanted, { ...options, onNotice });
    if (variants) {
      const found = await rendering.variants();
      if (json) output.json(found);
      else output.result(variantsText(found));
      return EXIT.done;
    }
    const { issue, errors } = rendering;
    const copy = await rendering.copy(address);
    if (copy.address && copy.lacking.length > 0) output.talk(lackingFieldsText(copy.address, copy.lacking));
    const { out, files } = await rendering.write(copy);
    const shown = Object.entries(files).map(([name, bytes]) => ({
      file: relative(cwd, join(out, name)),
      bytes,
    }));
    if (json) output.json({ issue, files: shown, weight: copy.weight });
    else output.result(renderedText(shown, copy.weight));
    if (errors.length === 0) return EXIT.done;
    const text = findingsText(errors, output.talkStyle);
    output.talk(`${text}\n${errorsText(issue, errors.length)}; it cannot be sent.`);
    return EXIT.findings;
  },
});
