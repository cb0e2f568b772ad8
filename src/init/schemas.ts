import { join } from 'node:path';
import { z } from 'zod';
import { configSchema } from '../config/schema.js';
import { issueSchema } from '../issue/schema.js';
import { writeFile } from '../platform/files.js';

/** The schemas with which editors complete and check the files of a newsletter. */
export const schemas = { issue: issueSchema, config: configSchema } as const;

export type SchemaName = keyof typeof schemas;

/**
 * The JSON Schema (draft 2020-12) of a file that an author writes. `markdownDescription` and `defaultSnippets` are for editors
 * that use the language servers of VS Code.
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

/** The path of a schema, relative to the newsletter's root. */
export function schemaFile(name: SchemaName): string {
  return `.obn/schema/${name}.schema.json`;
}

/** Writes the schemas that the first line of each file refers to. */
export async function writeSchemas(root: string): Promise<void> {
  for (const name of ['issue', 'config'] as const) {
    await writeFile(join(root, schemaFile(name)), `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
  }
}
