/** Error of SES, in every API, when the daily quota is used up. Short retries do not help. */
export const DAILY_QUOTA = /daily .*quota/i;
