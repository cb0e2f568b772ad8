import { join } from 'node:path';
import { z } from 'zod';
import { configSchema } from '../config/schema.js';
import { issueSchema } from '../issue/schema.js';
import { writeFile } from '../platform/files.js';

/** The schemas that editors complete and check the files of a newsletter with. */
export const schemas = { issue: issueSchema, config: configSchema } as const;

export type SchemaName = keyof typeof schemas;

/**
 * JSON Schema, draft 2020-12, of what an author may write. `markdownDescription` and `defaultSnippets` are for editors that
 * use the language servers of VS Code.
 */
export function jsonSchema(name: SchemaName): Record<string, unknown> {
  const title = name === 'issue' ? 'An issue of a newsletter' : 'obn.yaml';
  const schema = z.toJSONSchema(schemas[name], {
    ...{ io: 'input', unrepresentable: 'any' },
    override: ({ zodSchema, jsonSchema }) => {
      // zod leaves out the examples of a schema that transforms its value.
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (Array.isArray(examples)) jsonSchema.examples = examples;
      describeForEditors(jsonSchema);
    },
  });
  return { title, ...schema };
}

function describeForEditors(node: z.core.JSONSchema.BaseSchema): void {
  const { description } = node;
  if (description === undefined) return;
  node.markdownDescription = description;
  node.description = description.replaceAll('`', '');
}

/** Where the files of a newsletter look for their schema, from its root. */
export function schemaFile(name: SchemaName): string {
  return `.obn/schema/${name}.schema.json`;
}

/** Puts the schemas where the files of a newsletter point their editors. */
export async function writeSchemas(root: string): Promise<void> {
  for (const name of ['issue', 'config'] as const) {
    await writeFile(join(root, schemaFile(name)), `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
  }
}
