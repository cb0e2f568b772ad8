// Compiles the sources, and adds the templates as text and precompiled.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { bundle } from './bundle.js';
import { keepDeclarations } from './declarations.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
keepDeclarations(join(root, 'dist'), ['api/open-newsletter.d.ts', 'api/lambda.d.ts']);
const pages = ['preview/page', 'site/page', 'site/search/page'];
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
// Known helpers make precompiled templates faster.
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

// Copies only the needed parts of large packages: a few font weights, and the data of one checker.
const fonts = join(root, 'dist/fonts');
mkdirSync(fonts, { recursive: true });
const google = join(root, 'node_modules/@expo-google-fonts');
const { FONT_FILES } = await import('../dist/site/cards/card-fonts.js');
for (const path of readdirSync(google, { recursive: true }).map(String)) {
  const [family = ''] = path.split(/[\\/]/);
  if (FONT_FILES.has(basename(path))) cpSync(join(google, path), join(fonts, basename(path)));
  if (basename(path) === 'LICENSE_FONT') cpSync(join(google, path), join(fonts, `LICENSE-${family}.txt`));
}
// obn never calls MJML's minifiers and formatters or cheerio's requests, which are most of its size.
const MJML_UNUSED = ['htmlnano', 'cssnano', 'cssnano-preset-lite', 'js-beautify', 'undici'];
await vendor('caniemail', 'check/clients.js', 'caniemail.js');
await vendor('mjml', 'render/mjml-thread.js', 'mjml.cjs', MJML_UNUSED);
await vendor('fontkit', 'site/cards/card-fonts.js', 'fontkit.cjs');

/**
 * Bundles a dependency beside the only file of dist that loads it.
 * @param {string} input
 * @param {string} user
 * @param {string} name
 * @param {readonly string[]} [without]
 */
async function vendor(input, user, name, without) {
  const path = join(root, 'dist', user);
  await bundle({ root, input, file: join(dirname(path), name), ...(without ? { without } : {}) });
  const text = readFileSync(path, 'utf8');
  const bundled = text.replace(`('${input}')`, `('./${name}')`);
  if (bundled === text) throw new Error(`${user} does not load ${input}`);
  writeFileSync(path, bundled);
}

const schemas = join(root, '.obn/schema');
mkdirSync(schemas, { recursive: true });
for (const name of ['issue', 'config']) {
  const json = execFileSync(process.execPath, [join(root, 'bin/obn.js'), 'schema', name]);
  writeFileSync(join(schemas, `${name}.schema.json`), json);
}
