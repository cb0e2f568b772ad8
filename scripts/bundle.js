import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'rolldown';

/**
 * Bundles a dependency into one file, so that installing obn installs neither the dependency nor its dependencies.
 * The licenses of everything in the file are written beside it.
 * @param {object} options
 * @param {string} options.root folder with node_modules
 * @param {string} options.input name of the package
 * @param {string} options.file absolute path of the bundle; its extension selects CommonJS or ES modules
 * @param {readonly string[]} [options.without] packages that obn never calls, which are left out
 */
export async function bundle({ root, input, file, without = [] }) {
  const { output } = await build({
    input,
    cwd: root,
    platform: 'node',
    logLevel: 'warn',
    plugins: [leaveOut(without)],
    output: { file, format: file.endsWith('.cjs') ? 'cjs' : 'esm', codeSplitting: false, minify: true },
  });
  const packages = new Set(output[0].moduleIds.map((id) => packageFolder(root, id)).filter(Boolean));
  const licenses = [...packages].sort().map((folder) => licenseOf(folder));
  writeFileSync(file.replace(/\.c?js$/, '.LICENSES'), licenses.join(`\n${'-'.repeat(80)}\n\n`));
}

const EMPTY = '\0empty';

/** @param {readonly string[]} names */
function leaveOut(names) {
  return {
    name: 'leave-out',
    resolveId: (/** @type {string} */ source) => (names.includes(source) ? EMPTY : undefined),
    load: (/** @type {string} */ id) => (id === EMPTY ? 'module.exports = {};' : undefined),
  };
}

/**
 * The package folder of a module.
 * @param {string} root
 * @param {string} id
 */
function packageFolder(root, id) {
  const path = relative(root, id).replaceAll('\\', '/');
  const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path);
  return found && join(root, found[0]);
}

/** @param {string} folder */
function licenseOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!license) throw new Error(`${name} has no license`);
  const files = readdirSync(folder).filter((one) => /^(licen[cs]e|notice)/i.test(one));
  const texts = files.map((one) => readFileSync(join(folder, one), 'utf8').trim());
  if (texts.length === 0)
    texts.push(`By ${author?.name ?? author}. The package contains no other license text.`);
  return `${name} ${version}, ${license}\n\n${texts.join('\n\n')}\n`;
}
