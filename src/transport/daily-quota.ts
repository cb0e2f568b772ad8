/** How SES says, over each of its interfaces, that no more goes out today; waiting for seconds does not help. */
export const DAILY_QUOTA = /daily .*quota/i;
