import { issueText } from '../../support/newsletter.js';
import type { SmtpFaultHandler } from '../../support/smtp-endpoint.js';

/** A command line, and the newsletter that it runs in. */
export interface Scenario {
  readonly args: readonly string[];
  /** Files of the newsletter, as makeNewsletter takes them. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Command lines that run first; each must succeed. */
  readonly before?: readonly (readonly string[])[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What goes wrong at the SMTP server. */
  readonly fault?: SmtpFaultHandler;
}

const FIRST = 'issues/001-first.yaml';
const DRAFT = { [FIRST]: issueText(1, 'One').replace('date:', 'draft: true\ndate:') };
const BROKEN = { [FIRST]: `${issueText(1, 'One')}titel: Two\n` };
const NO_ALT = { [FIRST]: issueText(1, 'One').replace('Somebody wrote', '![](https://x.example.com/a.png)') };
const WARNING = { [FIRST]: issueText(1, 'One').replace('https://stories', 'http://stories') };
const LIVE = ['send', '1', '--transport', 'smtp', '--yes'];
/** An SMTP server that takes no recipient. */
export const rejects: SmtpFaultHandler = ({ stage }) =>
  stage === 'rcpt' ? { code: 550, message: '5.1.1 no' } : undefined;
const args = (...args: string[]): Scenario => ({ args });
const sent = (fault?: SmtpFaultHandler) => ({ args: LIVE, ...(fault && { fault }) });

/** Scenarios of every outcome of every command, by the words of its row in docs/exit-codes.md. */
export const scenarios: Readonly<Record<string, Readonly<Record<string, readonly Scenario[]>>>> = {
  any: {
    'help or the version was printed': [
      args('--help'),
      args('-h'),
      args('help'),
      args('send', '-h'),
      args('-v'),
    ],
    'the command, a flag or a value is unknown or not allowed; nothing was changed': [
      args('sned'),
      args('report', '--help'),
      args('list', '--colour'),
      args('send', '1', '--limit', 'many'),
    ],
    'the command needs an answer, but there is no terminal to ask on': [
      args('new'),
      args('send', '1', '--transport', 'smtp'),
      args('subscribers', 'remove', 'ada@example.com'),
    ],
    'there is no obn.yaml in this folder or above it, or obn.yaml has errors': [
      { args: ['list'], files: { 'obn.yaml': null } },
      { args: ['list'], config: { them: {} } },
    ],
  },
  init: {
    'obn wrote the newsletter': [args('init', 'news', '--yes')],
    'with `--agents`: obn wrote AGENTS.md': [args('init', '--agents')],
    'with `--agents`: the newsletter already has an AGENTS.md; nothing was changed': [
      { args: ['init', '--agents'], files: { 'AGENTS.md': 'mine\n' } },
    ],
    'the folder already has a newsletter, or the name or the sender cannot be used': [
      args('init', '--yes'),
      args('init', 'news', '--name', 'a\nb', '--yes'),
      args('init', 'news', '--from', 'nobody', '--yes'),
    ],
  },
  new: {
    'obn wrote the issue': [args('new', 'Three')],
    'links.yaml has errors; nothing was written': [
      { args: ['new', 'Three'], files: { 'links.yaml': '- url: [\n' } },
    ],
    'the number or the file exists already, the section type or the issue of `--from` is unknown, or there is no title':
      [
        args('new', 'T', '--number', '1'),
        args('new', 'T', '--sections', 'sotry'),
        args('new', 'T', '--from', '99'),
        args('new', ' '),
      ],
  },
  add: {
    'the links were added, even if obn could not read their pages, or are in the issue already': [
      { args: ['add', 'http://127.0.0.1:1/a', '--allow-private'], files: DRAFT },
    ],
    'the issue or links.yaml has errors; nothing was added': [
      { args: ['add', 'http://127.0.0.1:1/a', '--allow-private', '--to', '1'], files: BROKEN },
    ],
    'a URL is invalid or leads to a private network, or there is no URL; nothing was added': [
      args('add', 'no url'),
      args('add', 'http://127.0.0.1:1/a'),
      args('add'),
    ],
  },
  list: {
    'obn can read every issue': [args('list')],
    'obn cannot read an issue; its errors are printed': [{ args: ['list'], files: BROKEN }],
  },
  check: {
    'there are no errors; warnings may be printed': [args('check'), { args: ['check'], files: WARNING }],
    'there is an error, or a warning with `--strict`': [
      { args: ['check'], files: BROKEN },
      { args: ['check', '--strict'], files: WARNING },
    ],
    'there is no such issue': [args('check', '99')],
  },
  render: {
    'obn wrote the files': [args('render', '1')],
    'obn wrote the files, but the issue has errors and cannot be sent': [
      { args: ['render', '1'], files: NO_ALT },
    ],
    'there is no such issue, or the reader is not on the list': [
      args('render', '99'),
      args('render', '1', '--for', 'nobody@example.com'),
    ],
  },
  preview: { 'there is no such issue': [args('preview', '99')] },
  approve: {
    'the issue is approved; with `--revoke`: the ledger has no approval any more': [
      args('approve', '1', '--by', 'Jane'),
      { args: ['approve', '1', '--check'], before: [['approve', '1', '--by', 'Jane']] },
      { args: ['approve', '1', '--revoke'], before: [['approve', '1', '--by', 'Jane']] },
    ],
    'the issue is a draft or has errors; with `--check`: it is not approved, or has changed since': [
      { args: ['approve', '1', '--by', 'Jane'], files: DRAFT },
      { args: ['approve', '1', '--by', 'Jane'], files: NO_ALT },
      args('approve', '1', '--check'),
    ],
    'there is no such issue': [args('approve', '99')],
  },
  send: {
    'every delivery was accepted, or nothing was left to send': [sent(), { ...sent(), before: [LIVE] }],
    'with `--dry-run`: the plan was printed; nothing was sent': [args('send', '1', '--dry-run')],
    'with `--test`: every test copy was accepted': [{ args: [...LIVE, '--test', 'me@example.com'] }],
    'with `--due`: nothing is due': [args('send', '--due', '--yes')],
    'every delivery has ended, and some were rejected or are unknown': [sent(rejects)],
    'the issue is a draft or has errors; nothing was sent': [
      { args: LIVE, files: DRAFT },
      { args: LIVE, files: NO_ALT },
    ],
    'with `--test`: a test copy was not accepted': [
      { args: [...LIVE, '--test', 'me@example.com'], fault: rejects },
    ],
    'there is no such issue, or flags exclude each other; nothing was sent': [
      args('send', '99'),
      args('send', '1', '--due'),
    ],
    'the number of recipients is not that of `--expect`; nothing was sent': [
      { args: [...LIVE, '--expect', '4'] },
    ],
    'configuration, credentials, quota or the ledger prevent the send': [
      { args: LIVE, env: { SMTP_URL: undefined } },
      { args: LIVE, files: { '.obn/ledger.db': 'no ledger' } },
    ],
    'it stopped early: at `--limit`, on Ctrl+C, or because it paused itself; run it again to continue': [
      { args: [...LIVE, '--limit', '1'] },
    ],
  },
  status: {
    'no delivery was rejected or is unknown': [
      args('status', '1'),
      { args: ['status', '1'], before: [LIVE] },
    ],
    'there is no such issue; with `--report`: it was never sent': [
      args('status', '99'),
      args('status', '1', '--report', 'missing.csv'),
    ],
  },
  'subscribers list': {
    'the list was read; also when nobody matches': [
      args('subscribers', 'list'),
      args('subscribers', 'list', '--search', 'zzz'),
    ],
    'there is no such segment': [args('subscribers', 'list', '--segment', 'x')],
  },
  'subscribers check': {
    'obn can mail every row': [args('subscribers', 'check')],
    'there is a row that obn cannot mail': [
      { args: ['subscribers', 'check'], files: { 'subscribers.csv': 'email\nnobody\n' } },
    ],
  },
  'subscribers import': {
    'the file was imported, or `--dry-run` printed what would change; refused rows are counted': [
      {
        args: ['subscribers', 'import', 'new.csv', '--yes'],
        files: { 'new.csv': 'email\nx@example.com\nnobody\n' },
      },
      {
        args: ['subscribers', 'import', 'new.csv', '--dry-run'],
        files: { 'new.csv': 'email\nx@example.com\n' },
      },
    ],
    'the file has no column of addresses': [
      { args: ['subscribers', 'import', 'new.csv', '--yes'], files: { 'new.csv': 'name\nAda\n' } },
    ],
  },
  'subscribers export': {
    'the readers were written': [args('subscribers', 'export')],
    '`--out` names a file that obn needs': [args('subscribers', 'export', '--out', 'obn.yaml')],
    'there is no such segment': [args('subscribers', 'export', '--segment', 'x')],
  },
  'subscribers add': {
    'the address is on the list': [args('subscribers', 'add', 'new@example.com')],
    'the address is not valid or is already on the list': [
      args('subscribers', 'add', 'nobody'),
      args('subscribers', 'add', 'ada@example.com'),
    ],
  },
  'subscribers remove': {
    'the rows were removed': [args('subscribers', 'remove', 'ada@example.com', '--yes')],
    'the address is not on the list': [args('subscribers', 'remove', 'nobody@example.com', '--yes')],
  },
  'subscribers suppress': {
    'the addresses are suppressed, or with `--lift` no longer': [
      args('subscribers', 'suppress', 'ada@example.com'),
      {
        args: ['subscribers', 'suppress', 'ada@example.com', '--lift'],
        before: [['subscribers', 'suppress', 'ada@example.com']],
      },
    ],
    'an address is not valid': [args('subscribers', 'suppress', 'nobody')],
  },
  'subscribers forget': {
    'the reader was erased': [args('subscribers', 'forget', 'ada@example.com', '--yes')],
    'the address is not valid': [args('subscribers', 'forget', 'nobody', '--yes')],
  },
  doctor: {
    'a check failed': [{ args: ['doctor', '--offline'], config: { newsletter: { address: null } } }],
  },
  serve: {
    'the secret, the ledger or the port cannot be used': [
      { args: ['serve', '--port', '0'], env: { OBN_SECRET: undefined } },
      { args: ['serve', '--port', '0'], files: { '.obn/ledger.db': 'no ledger' } },
    ],
  },
  archive: {
    'obn built the site': [args('archive')],
    'an issue has errors; with `--check`: a link is broken or an image is missing': [
      { args: ['archive'], files: BROKEN },
    ],
  },
  guide: { 'the guide was printed': [args('guide')] },
  schema: {
    'the schema was printed': [args('schema', 'issue'), args('schema', 'config')],
    'there is no such schema': [args('schema', 'issues')],
  },
};
