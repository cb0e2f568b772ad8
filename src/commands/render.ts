import { join, relative, resolve } from 'node:path';
import { listRecipients } from '../audience/recipients.js';
import { type Compiled, errorsText, examineIssue } from '../campaign/compile.js';
import { chooseIssue, openLedger, openNewsletter, renderFolder } from '../campaign/open.js';
import { requireOutputFolder } from '../campaign/output-path.js';
import { ownerOf } from '../campaign/own-files.js';
import { readerAt } from '../campaign/reader-lookup.js';
import { audienceOf } from '../campaign/session.js';
import { signingSecret } from '../campaign/signing-secret.js';
import type { Newsletter } from '../config/load.js';
import { configurationError, EXIT } from '../findings/error.js';
import { findIssueFile, issuesFolder } from '../issue/store.js';
import { anybody } from '../message/anybody.js';
import { messageFields } from '../message/compiled.js';
import { distinctMessages } from '../message/variants.js';
import { type Weight, weigh } from '../message/weight.js';
import { MessageWriter } from '../message/writer.js';
import { copyTree, exists, OWNER_ONLY, writeFile } from '../platform/files.js';
import { type CommandContext, defineCommand } from './command.js';
import { findingsText } from './print/findings.js';
import { columns } from './print/table.js';
import { kilobytes, weightText } from './print/weight.js';

interface Options {
  readonly out?: string;
  readonly for?: string;
  readonly list?: string;
  readonly variants?: boolean;
}

export const render = defineCommand<[string | undefined], Options>({
  arguments: [{ name: '[issue]', description: 'number or file; default: the newest that is not sent' }],
  options: [
    { flags: '--out <dir>', description: 'where to write; default: .obn/render/NUMBER' },
    { flags: '--for <address>', description: 'as this reader of the list gets it' },
    { flags: '--list <file>', description: 'instead of the list of obn.yaml' },
    { flags: '--variants', description: 'list the distinct messages that the whole list would get' },
  ],
  examples: [
    ['obn render 3', 'mail, web page, text and the message as it is sent'],
    ['obn render 3 --for jane@example.com --out /tmp/jane', 'as one reader gets it'],
    ['obn render 3 --variants', 'how many different messages there are, and who gets which'],
  ],
  async run(context, [wanted], options) {
    const newsletter = await openNewsletter(context);
    const { cwd } = context;
    if (options.out !== undefined)
      requireOutputFolder(ownerOf(newsletter, context.env), '--out', resolve(cwd, options.out));
    const file = await fileOf(context, newsletter, wanted);
    const { errors, ...compiled } = await examineIssue(newsletter, file, context.clock.now(), options.list);
    if (options.variants) return printVariants(context, newsletter, compiled);
    const out = options.out === undefined ? renderFolder(newsletter, file) : resolve(cwd, options.out);
    const { files, weight } = await write(context, newsletter, compiled, out, options.for);
    const shown = files.map(({ name, bytes }) => ({ file: relative(cwd, join(out, name)), bytes }));
    const { json, output } = context;
    if (json) output.json({ issue: compiled.issue.number, files: shown, weight });
    else {
      const rows = shown.map(({ file, bytes }) => [file, kilobytes(bytes)]);
      output.result(`${columns(rows)}\n\n${weightText(weight)}`);
    }
    if (errors.length === 0) return EXIT.done;
    output.talk(
      `${findingsText(errors, output.talkStyle)}\n${errorsText(compiled.issue.number, errors.length)}; it cannot be sent.`,
    );
    return EXIT.findings;
  },
});

async function fileOf(context: CommandContext, newsletter: Newsletter, wanted: string | undefined) {
  if (wanted !== undefined) return findIssueFile(newsletter, wanted);
  const ledger = await openLedger(newsletter, context, { create: false });
  try {
    return await chooseIssue(newsletter, ledger, wanted, context.clock.now());
  } finally {
    await ledger.close();
  }
}

async function write(
  { clock, output }: CommandContext,
  newsletter: Newsletter,
  { message, rendered, list }: Compiled,
  out: string,
  address: string | undefined,
): Promise<{ files: { name: string; bytes: number }[]; weight: Weight }> {
  const reader = address === undefined ? anybody(message) : await readerAt(list, address);
  const lacking = messageFields(message).required.filter((name) => !reader.values[name]);
  if (lacking.length > 0) output.talk(lackingText(reader.address, lacking));
  const writer = new MessageWriter(message, { secret: signingSecret(newsletter) });
  const { html, text } = writer.read(reader);
  const files = {
    'email.html': html,
    'email.mjml': rendered.mjml,
    'email.txt': text,
    'web.html': rendered.web,
    'message.eml': writer.write(reader, clock.now()).raw(),
  };
  // A real reader's message holds their address and a link that unsubscribes them.
  const mode = address === undefined ? undefined : OWNER_ONLY;
  const images = join(issuesFolder(newsletter.root), 'images');
  await Promise.all([
    ...Object.entries(files).map(([name, data]) => writeFile(join(out, name), data, mode)),
    ...(exists(images) ? [copyTree(images, join(out, 'images'))] : []),
  ]);
  return {
    files: Object.entries(files).map(([name, data]) => ({ name, bytes: Buffer.byteLength(data) })),
    weight: weigh(rendered.parts, writer.values(reader)),
  };
}

function lackingText(address: string, names: readonly string[]): string {
  const fields = names.map((name) => `"${name}"`).join(', ');
  return `${address} has no ${fields}, and the issue has no fallback for it; its send would be refused.`;
}

async function printVariants(
  { json, output }: CommandContext,
  newsletter: Newsletter,
  { issue, message, list }: Compiled,
): Promise<0> {
  if (!list.columns) throw configurationError(`there is no list ${list.name}`);
  const { path, name, segment } = audienceOf({ newsletter, options: { list: list.path } }, issue.segment, 0);
  const variants = await distinctMessages(message, listRecipients(path, name, segment));
  if (json) output.json(variants);
  else {
    const rows = variants.map(({ count, values, example }) => {
      const shown = Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
      return [String(count), shown.join(', ') || 'the same for everybody', `such as ${example}`];
    });
    output.result(columns(rows));
  }
  return EXIT.done;
}
