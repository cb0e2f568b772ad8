import { createHandler as create, handler as own } from '../serve/lambda.js';

/** An event of a function URL, in AWS's payload format 2.0. */
export type LambdaEvent = object;

/** An answer, in AWS's payload format 2.0. */
export interface LambdaResult {
  readonly statusCode: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly isBase64Encoded: boolean;
}

/** A function that AWS Lambda calls with the events of a function URL. */
export type LambdaHandler = (event: LambdaEvent, context?: unknown) => Promise<LambdaResult>;

/** The handler of the newsletter that is packed with the function, in its folder; made once, and kept between calls. */
export const handler = own as unknown as LambdaHandler;

/**
 * Makes a handler: the same pages as `obn serve`, with the ledger and the transport of obn.yaml.
 * @param place the folder with obn.yaml, and the variables for it
 * @throws ObnError when ledger or transport would need a disk that stays, which a function does not have
 */
export async function createHandler(place?: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<LambdaHandler> {
  return (await create(place)) as unknown as LambdaHandler;
}
