import { Ajv, type ValidateFunction } from 'ajv';
import { badRequest } from './model.js';

export interface Tag {
  readonly Name: string;
  readonly Value: string;
}
export type Header = Tag;

export interface Destination {
  readonly ToAddresses?: readonly string[];
  readonly CcAddresses?: readonly string[];
  readonly BccAddresses?: readonly string[];
}

interface Text {
  readonly Data: string;
  readonly Charset?: string;
}

export interface Template {
  readonly TemplateName?: string;
  readonly TemplateArn?: string;
  readonly TemplateContent?: { readonly Subject?: string; readonly Html?: string; readonly Text?: string };
  readonly TemplateData?: string;
  readonly Headers?: readonly Header[];
}

export interface SimpleContent {
  readonly Subject: Text;
  readonly Body: { readonly Text?: Text; readonly Html?: Text };
  readonly Headers?: readonly Header[];
}

interface Common {
  readonly FromEmailAddress?: string;
  readonly ReplyToAddresses?: readonly string[];
}

/** SendEmail as it stands in the body of the request. */
export interface SendEmailBody extends Common {
  readonly Destination?: Destination;
  readonly EmailTags?: readonly Tag[];
  readonly Content: {
    readonly Raw?: { readonly Data: string };
    readonly Simple?: SimpleContent;
    readonly Template?: Template;
  };
}

/** SendBulkEmail as it stands in the body of the request. */
export interface SendBulkEmailBody extends Common {
  readonly DefaultEmailTags?: readonly Tag[];
  readonly DefaultContent: { readonly Template: Template };
  readonly BulkEmailEntries: readonly BulkEntry[];
}

export interface BulkEntry {
  readonly Destination: Destination;
  readonly ReplacementTags?: readonly Tag[];
  readonly ReplacementHeaders?: readonly Header[];
  readonly ReplacementEmailContent?: {
    readonly ReplacementTemplate?: { readonly ReplacementTemplateData?: string };
  };
}

const string = { type: 'string' };
const list = (items: object, limits: object = {}) => ({ type: 'array', items, ...limits });
const object = (properties: Record<string, object>, required: string[] = [], limits: object = {}) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...limits,
});

const exactlyOne = { minProperties: 1, maxProperties: 1 };
const tagText = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,256}$' };
const tags = list(object({ Name: tagText, Value: tagText }, ['Name', 'Value']));
const headerName = { type: 'string', pattern: '^[!-9;-@A-~]{1,126}$' };
const headerValue = { type: 'string', pattern: '^[ -~]{1,995}$' };
const headers = list(object({ Name: headerName, Value: headerValue }, ['Name', 'Value']), { maxItems: 15 });
const destination = object({
  ToAddresses: list(string),
  CcAddresses: list(string),
  BccAddresses: list(string),
});
const text = object({ Data: string, Charset: string }, ['Data']);
const templateData = { type: 'string', maxLength: 262_144 };
const template = object({
  TemplateName: string,
  TemplateArn: string,
  TemplateContent: object({ Subject: string, Html: string, Text: string }),
  TemplateData: templateData,
  Headers: headers,
});
const simple = object(
  { Subject: text, Body: object({ Text: text, Html: text }, [], { minProperties: 1 }), Headers: headers },
  ['Subject', 'Body'],
);
const feature = { enum: ['ENABLED', 'DISABLED'] };

const common = {
  FromEmailAddress: string,
  FromEmailAddressIdentityArn: string,
  ReplyToAddresses: list(string),
  FeedbackForwardingEmailAddress: string,
  FeedbackForwardingEmailAddressIdentityArn: string,
  ConfigurationSetName: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
  EndpointId: string,
  TenantName: string,
  ConfigurationOverrides: object({
    Tracking: object({ OpenTrackingEnabled: feature, ClickTrackingEnabled: feature }),
  }),
};

const sendEmail = object(
  {
    ...common,
    Destination: destination,
    EmailTags: tags,
    Content: object(
      { Raw: object({ Data: string }, ['Data']), Simple: simple, Template: template },
      [],
      exactlyOne,
    ),
    ListManagementOptions: object({ ContactListName: string, TopicName: string }, ['ContactListName']),
  },
  ['Content'],
);

const replacement = object({
  ReplacementTemplate: object({ ReplacementTemplateData: templateData }),
});
const bulkEntry = object(
  {
    Destination: destination,
    ReplacementTags: tags,
    ReplacementHeaders: headers,
    ReplacementEmailContent: replacement,
  },
  ['Destination'],
);
const sendBulkEmail = object(
  {
    ...common,
    DefaultEmailTags: tags,
    DefaultContent: object({ Template: template }, ['Template']),
    BulkEmailEntries: list(bulkEntry, { minItems: 1, maxItems: 50 }),
  },
  ['DefaultContent', 'BulkEmailEntries'],
);

const ajv = new Ajv();

/** Checks that a body has the shape of the service model. @throws SesError */
export const readSendEmailBody = reader(ajv.compile<SendEmailBody>(sendEmail));

/** Checks that a body has the shape of the service model. @throws SesError */
export const readSendBulkEmailBody = reader(ajv.compile<SendBulkEmailBody>(sendBulkEmail));

function reader<T>(validate: ValidateFunction<T>): (body: unknown) => T {
  return (body) => {
    if (validate(body)) return body;
    const [error] = validate.errors ?? [];
    const key = error?.params.additionalProperty ? ` (${error.params.additionalProperty})` : '';
    throw badRequest(`Validation error: ${error?.instancePath || 'the request'} ${error?.message}${key}`);
  };
}
