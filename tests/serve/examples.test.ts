import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, 'examples', file), 'utf8');

it('exports a Lambda handler that reports missing configuration', () => {
  const program = `import(${JSON.stringify('obn/lambda')}).then(({ handler }) => handler({})).catch((error) => console.log(error.exitCode, error.message))`;
  const run = (cwd: string) => execFileSync(process.execPath, ['-e', program], { cwd, encoding: 'utf8' });
  expect(run(ROOT)).toMatch(/^3 an environment variable is not set/);
});

it('the Lambda template calls that handler and may only send email from one address', () => {
  const tags = ['!Ref', '!Sub'].map((tag) => ({ tag, resolve: (text: string) => text }));
  const { Resources } = parse(read('lambda/template.yaml'), { customTags: tags });
  const { Handler, CodeUri, Policies, FunctionUrlConfig } = Resources.Readers.Properties;
  expect([Handler, CodeUri, FunctionUrlConfig]).toEqual(['handler.handler', '.', { AuthType: 'NONE' }]);
  expect(read('lambda/handler.mjs')).toBe("export { handler } from 'obn/lambda';\n");
  const [{ Statement }] = Policies;
  expect(Statement).toHaveLength(1);
  expect(Statement[0].Action).toEqual(['ses:SendEmail', 'ses:SendRawEmail']);
  expect(JSON.stringify(Statement[0].Resource)).not.toContain('*');
});

it('every example starts the service with valid flags', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(read('docker/Dockerfile')).toContain(`ARG OBN_VERSION=${version}`);
  expect(JSON.parse(read('lambda/package.json')).dependencies).toEqual({ obn: version });
  const help = execFileSync(process.execPath, ['bin/obn.js', 'serve', '--help'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const calls = [
    read('docker/Dockerfile').match(/^CMD (\[.*\])$/m)?.[1],
    read('systemd/obn-serve.service').match(/^ExecStart=(.*)$/m)?.[1],
  ];
  for (const call of calls) {
    for (const flag of (call ?? '').match(/--[a-z-]+/g) ?? ['missing']) expect(help).toContain(flag);
  }
});
