import { createHandler as create, handler as own } from '../serve/lambda.js';

/** An event of a function URL, in AWS's payload format 2.0. */
export type LambdaEvent = object;

/** A response, in AWS's payload format 2.0. */
export interface LambdaResult {
  readonly statusCode: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isBase64Encoded: boolean;
}

/** A function that AWS Lambda calls with the events of a function URL. */
export type LambdaHandler = (event: LambdaEvent, context?: unknown) => Promise<LambdaResult>;

/** The handler of the newsletter in the function's folder. It is created once, and kept between calls. */
export const handler = own as unknown as LambdaHandler;

/**
 * Creates a handler with the same pages as `obn serve`, and the ledger and transport of obn.yaml.
 * @param place the folder with obn.yaml, and the variables for it
 * @throws ObnError if the ledger or the transport needs a permanent disk, which a function does not have
 */
export async function createHandler(place?: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<LambdaHandler> {
  return (await create(place)) as unknown as LambdaHandler;
}
