import { randomUUID } from 'node:crypto';
import type { BulkEmailEntryResult, BulkEmailStatus } from '@aws-sdk/client-sesv2';
import { checkAccount, describeAccount, HEALTHY_ACCOUNT, RateWindow, type SesAccount } from './account.js';
import { describeIdentity, describeSet, type SesIdentity } from './identities.js';
import {
  badRequest,
  SesError,
  type SesFault,
  type SesFaultHandler,
  type SesMessage,
  type SesMoment,
  type SesOperation,
  type SesPage,
  type SesRenderingFailure,
  type Submission,
} from './model.js';
import { type Draft, readSendBulkEmail, readSendEmail } from './requests.js';
import { listSuppressed, type SesSuppression } from './suppression.js';
import { RenderingError } from './template.js';

/** The body of an answer, or that there is none. */
export type Reaction = object | 'reset' | 'hang' | { readonly foreign: SesPage };

/** How an error that would fail a single message is named in the result of a bulk entry. */
const ENTRY_STATUS: Readonly<Record<string, BulkEmailStatus>> = {
  BadRequestException: 'INVALID_PARAMETER',
  LimitExceededException: 'ACCOUNT_DAILY_QUOTA_EXCEEDED',
  MessageRejected: 'MESSAGE_REJECTED',
  SendingPausedException: 'ACCOUNT_SENDING_PAUSED',
  TooManyRequestsException: 'ACCOUNT_THROTTLED',
};

/** What SES does with a request, without HTTP. */
export class SesService {
  readonly messages: SesMessage[] = [];
  readonly renderingFailures: SesRenderingFailure[] = [];
  readonly account: SesAccount;
  readonly identities = new Map<string, SesIdentity>();
  readonly configurationSets = new Map<string, { sending: boolean }>();
  /** The suppression list of the account. */
  suppressions: readonly SesSuppression[] = [];
  enforceRate = false;
  faultHandler: SesFaultHandler | undefined;
  private readonly rate = new RateWindow();

  constructor(account: Partial<SesAccount> = {}) {
    this.account = { ...HEALTHY_ACCOUNT, ...account };
  }

  /** @throws SesError for every answer that is an error. */
  async react(
    operation: SesOperation,
    index: number,
    json: unknown,
    bytes: number,
    url: URL,
  ): Promise<Reaction> {
    if (operation === 'SendEmail') return this.sendEmail(readSendEmail(json), index);
    if (operation === 'SendBulkEmail') return this.sendBulkEmail(readSendBulkEmail(json, bytes), index);
    const fault = await this.ask({ index, to: '', operation });
    return before(fault) ?? after(fault, this.describe(operation, url));
  }

  /** The answer to a question. @throws SesError */
  private describe(operation: SesOperation, { pathname, searchParams }: URL): object {
    if (operation === 'ListSuppressedDestinations') return listSuppressed(this.suppressions, searchParams);
    if (searchParams.size > 0) throw badRequest(`${operation} takes no parameters`);
    if (operation === 'GetAccount') return describeAccount(this.account);
    const name = decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1));
    return operation === 'GetEmailIdentity'
      ? describeIdentity(this.identities, name)
      : describeSet(this.configurationSets, name);
  }

  private async sendEmail(draft: Draft, index: number): Promise<Reaction> {
    const fault = await this.ask({ index, to: draft.to[0] ?? '', operation: 'SendEmail' });
    return before(fault) ?? after(fault, { MessageId: await this.accept(draft) });
  }

  private async sendBulkEmail(entries: (() => Draft)[], index: number): Promise<Reaction> {
    const drafts = entries.map(openEntry);
    const faults: (SesFault | undefined)[] = [];
    for (const draft of drafts) {
      const to = draft instanceof SesError ? '' : (draft.to[0] ?? '');
      faults.push(await this.ask({ index, to, operation: 'SendBulkEmail' }));
    }
    const whole = faults.find((fault) => fault !== undefined && !isEntryFault(fault));
    const early = before(whole);
    if (early) return early;
    const BulkEmailEntryResults: BulkEmailEntryResult[] = [];
    for (const [position, draft] of drafts.entries()) {
      BulkEmailEntryResults.push(await this.entryResult(draft, faults[position]));
    }
    return after(whole, { BulkEmailEntryResults });
  }

  private async entryResult(
    draft: Draft | SesError,
    fault: SesFault | undefined,
  ): Promise<BulkEmailEntryResult> {
    if (isEntryFault(fault)) return { Status: fault.entry, Error: fault.error ?? fault.entry };
    try {
      if (draft instanceof SesError) throw draft;
      return { Status: 'SUCCESS', MessageId: await this.accept(draft) };
    } catch (error) {
      if (!(error instanceof SesError)) throw error;
      return { Status: ENTRY_STATUS[error.type] ?? 'FAILED', Error: error.message };
    }
  }

  /** Records a message, or that it was dropped. @throws SesError when the account does not allow it. */
  private async accept(draft: Draft): Promise<string> {
    const rendered = await render(draft);
    checkAccount(this.account, draft.to);
    if (this.enforceRate) this.rate.take(draft.to.length, this.account.maxSendRate);
    this.account.sentLast24Hours += draft.to.length;
    const messageId = `0100${randomUUID().replaceAll('-', '').slice(0, 12)}-${randomUUID()}-000000`;
    const at = Date.now();
    for (const to of draft.to) {
      if (rendered instanceof RenderingError) {
        this.renderingFailures.push({ to, messageId, error: rendered.message });
      } else {
        this.messages.push({ to, raw: rendered.raw, tags: rendered.tags, messageId, at });
      }
    }
    return messageId;
  }

  private async ask(moment: SesMoment): Promise<SesFault | undefined> {
    return this.faultHandler?.(moment);
  }
}

async function render(draft: Draft): Promise<Submission | RenderingError> {
  try {
    return await draft.render();
  } catch (error) {
    if (error instanceof RenderingError) return error;
    throw error;
  }
}

function openEntry(open: () => Draft): Draft | SesError {
  try {
    return open();
  } catch (error) {
    if (error instanceof SesError) return error;
    throw error;
  }
}

function isEntryFault(fault: SesFault | undefined): fault is Extract<SesFault, { entry: unknown }> {
  return typeof fault === 'object' && 'entry' in fault;
}

/** What a fault does in place of the request. */
function before(fault: SesFault | undefined): 'reset' | 'hang' | { readonly foreign: SesPage } | undefined {
  if (fault === 'reset-before') return 'reset';
  if (fault === 'hang') return 'hang';
  if (isEntryFault(fault)) throw new Error('only entries of SendBulkEmail have a status of their own');
  if (typeof fault === 'object' && 'page' in fault) return { foreign: fault };
  if (typeof fault === 'object') throw new SesError(fault.status, fault.type, fault.message);
  return undefined;
}

/** What a fault does once the request has been carried out. */
function after(fault: SesFault | undefined, body: object): Reaction {
  if (fault === 'reset-after') return 'reset';
  if (fault === 'error-after') throw new SesError(500, 'InternalFailure', 'Internal failure');
  return body;
}
