import { EXIT } from '../findings/error.js';
import { jsonSchema, type SchemaName } from '../init/schemas.js';
import { defineCommand, outcomes } from './command.js';
import { oneOf } from './support/parse.js';

export const schema = defineCommand<[string], object>({
  arguments: [{ name: '<name>', description: 'issue or config' }],
  examples: [
    [
      'obn schema issue > issue.schema.json',
      'write the schema for an editor that ignores the first line of an issue',
    ],
  ],
  json: 'the JSON Schema',
  outcomes: outcomes([EXIT.done, 'the schema was printed'], [EXIT.usage, 'there is no such schema']),
  async run({ output }, [name]) {
    const known: SchemaName = oneOf(['issue', 'config'])(name, undefined, 'schema');
    output.json(jsonSchema(known));
    return EXIT.done;
  },
});
