import { resolve } from 'node:path';
import { requireOutputFile } from '../../campaign/output-path.js';
import { EXIT } from '../../findings/error.js';
import { OWNER_ONLY, writeFile } from '../../platform/files.js';
import { EXPORT_FORMATS, type ExportFormat, exportList as exportOf } from '../../subscribers/export-list.js';
import { plural } from '../../text/plural.js';
import { defineCommand, option, outcomes } from '../command.js';
import { type ListFlags, listOptions, withListOf } from '../support/list-options.js';
import { oneOf } from '../support/parse.js';

interface Options extends ListFlags {
  readonly format?: ExportFormat;
  readonly out?: string;
}

export const exportList = defineCommand<[], Options>({
  options: [
    option('--segment <name>', 'only this segment of obn.yaml'),
    option('--format <format>', `${EXPORT_FORMATS.join(', ')}; default: csv`, oneOf(EXPORT_FORMATS)),
    option('--out <file>', 'write to a file instead of stdout'),
    ...listOptions,
  ],
  examples: [
    ['obn subscribers export --out all.csv', 'export everyone who can be mailed, from list and ledger'],
    ['obn subscribers export --segment aws --format json', 'export one segment for a script'],
  ],
  json: 'an array of subscribers',
  outcomes: outcomes(
    [EXIT.done, 'the readers were written'],
    [EXIT.usage, '`--out` names a file that obn needs'],
    [EXIT.configuration, 'there is no such segment'],
  ),
  run: (context, _, options) =>
    withListOf(context, options, false, async (session) => {
      const { output, json, cwd } = context;
      const file = options.out === undefined ? undefined : resolve(cwd, options.out);
      if (file !== undefined) requireOutputFile(session, '--out', file, { list: options.list });
      const { pieces, count } = exportOf(session, json ? 'json' : (options.format ?? 'csv'));
      if (file === undefined) await output.stream(pieces);
      else await writeFile(file, pieces, OWNER_ONLY);
      const where = options.out === undefined ? '' : ` in ${options.out}`;
      output.talk(`${plural(count(), 'subscriber')}${where}`);
      return EXIT.done;
    }),
});
