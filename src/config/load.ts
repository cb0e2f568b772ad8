import { dirname, join, relative, resolve } from 'node:path';
import { type Path, parseSource, type SourceDocument } from '../document/document.js';
import { validate } from '../document/validate.js';
import { configurationError, EXIT, ObnError } from '../findings/error.js';
import { compareFindings, type Finding } from '../findings/finding.js';
import { exists, readText } from '../platform/files.js';
import type { Environment } from '../platform/process.js';
import type { TransportName } from '../transport/names.js';
import { transportKinds } from '../transport/table.js';
import { expandVariables, type Unset } from './environment.js';
import { type Config, configSchema } from './schema.js';

export const CONFIG_FILE = 'obn.yaml';

/** Parts of the configuration that only some commands need; a variable there may be unset. */
const NEEDED_LATER = new Set<unknown>([
  ...transportKinds.filter(({ files }) => !files).map(({ name }) => name),
  ...['ledger', 'unsubscribe'],
]);

/** A part of the configuration for `need` and `has`. */
type Part = TransportName | 'ledger' | 'unsubscribe';

/** A newsletter: its folder and its checked configuration. */
export interface Newsletter {
  /** Absolute path of the folder with obn.yaml. */
  readonly root: string;
  /** The folder that the paths in messages are relative to. */
  readonly cwd: string;
  readonly config: Config;
  readonly document: SourceDocument;
  /** @throws ObnError that names the variable, when a `${NAME}` in this part of the configuration is not set. */
  need(part: Part): void;
  /** Whether every `${NAME}` in this part of the configuration is set. */
  has(part: Part): boolean;
}

export type Loaded = { readonly newsletter: Newsletter } | { readonly findings: readonly Finding[] };

/**
 * Finds obn.yaml in `cwd` or a folder above it and checks it.
 * @throws ObnError when there is none or it cannot be read; errors inside it are returned
 */
export async function readNewsletter(cwd: string, env: Environment): Promise<Loaded> {
  const root = findRoot(cwd);
  const path = join(root, CONFIG_FILE);
  const document = parseSource(relative(cwd, path), await readText(path));
  if (document.findings.length > 0) return { findings: document.findings };
  const { value, unset } = expandVariables(document.value, env);
  const missing = unset
    .filter(({ path }) => !NEEDED_LATER.has(path[0]))
    .map((one) => unsetFinding(document, one));
  // In reverse order, because removing an item of a list moves the items after it.
  for (const { path } of unset.toReversed()) if (NEEDED_LATER.has(path[0])) remove(value, path);
  const result = validate(document, configSchema, value);
  if ('findings' in result) {
    // A value with an unset variable is invalid for that reason.
    const others = result.findings.filter(({ line }) => !missing.some((one) => one.line === line));
    return { findings: [...missing, ...others].sort(compareFindings) };
  }
  if (missing.length > 0) return { findings: missing };
  const later = (part: string) => unset.filter(({ path }) => path[0] === part);
  const need = (part: string) => {
    const findings = later(part).map((one) => unsetFinding(document, one));
    if (findings[0]) throw configurationError('an environment variable is not set', { findings });
  };
  const has = (part: string) => later(part).length === 0;
  return { newsletter: { root, cwd, config: result.data, document, need, has } };
}

/** Removes a value that is not known. */
function remove(value: unknown, path: Path): void {
  let parent = value;
  for (const key of path.slice(0, -1)) parent = (parent as Record<string | number, unknown>)[key];
  const last = path.at(-1) ?? '';
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete (parent as Record<string | number, unknown>)[last];
}

/** Like {@link readNewsletter}, but throws the findings. */
export async function openNewsletter(cwd: string, env: Environment): Promise<Newsletter> {
  const loaded = await readNewsletter(cwd, env);
  if ('newsletter' in loaded) return loaded.newsletter;
  const { findings } = loaded;
  throw new ObnError(
    EXIT.configuration,
    `${CONFIG_FILE} has ${findings.length === 1 ? 'an error' : `${findings.length} errors`}`,
    {
      findings,
    },
  );
}

function unsetFinding(document: SourceDocument, { path, name }: Unset): Finding {
  const source = `\${${name}}`;
  const hint = `set it, for example: export ${name}=…`;
  const position = document.within(path, source);
  return document.finding(
    'error',
    'config/variable',
    position,
    `the environment variable ${name} is not set`,
    hint,
  );
}

function findRoot(cwd: string): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (exists(join(folder, CONFIG_FILE))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw configurationError(`there is no ${CONFIG_FILE} in ${resolve(cwd)} or a folder above it`, {
    hint: 'run `obn init` to create a newsletter here, or name its folder with -C DIR',
  });
}
