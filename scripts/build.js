// Compiles the sources and puts the templates, which the compiler does not know, beside them, as text and compiled.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
const pages = ['preview/page', 'archive/page', 'archive/search/page'];
for (const page of pages) {
  const options = { cwd: root, stdio: 'inherit' };
  execFileSync(process.execPath, [tsc, '-p', `src/${page}`, '--noEmit', 'false'], options);
}
for (const folder of ['templates', ...pages]) {
  cpSync(join(root, 'src', folder), join(root, 'dist', folder), {
    recursive: true,
    filter: (path) => !/\.ts$|tsconfig\.json$/.test(path),
  });
}

const { FORMS } = await import('../dist/templates/assets.js');
const { createHandlebars } = await import('../dist/render/handlebars.js');
// What is a helper and what is a field is decided here, which the templates then need not find out each time.
const { helpers } = createHandlebars({ compiler: true });
const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
const templates = readdirSync(join(root, 'dist/templates'), { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.hbs'))
  .sort();
const precompiled = templates.map((name) => {
  const text = readFileSync(join(root, 'dist/templates', name), 'utf8');
  const options = { noEscape: name.endsWith(FORMS.text), knownHelpers, knownHelpersOnly: true };
  return `${JSON.stringify(name)}: ${Handlebars.precompile(text, options)},\n`;
});
writeFileSync(join(root, 'dist/templates/precompiled.js'), `export default {\n${precompiled.join('')}};\n`);

const schemas = join(root, '.obn/schema');
mkdirSync(schemas, { recursive: true });
for (const name of ['issue', 'config']) {
  const json = execFileSync(process.execPath, [join(root, 'bin/obn.js'), 'schema', name]);
  writeFileSync(join(schemas, `${name}.schema.json`), json);
}
