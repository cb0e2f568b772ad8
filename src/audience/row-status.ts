/** What a row of a list says about mailing its reader. */
export type RowStatus = 'subscribed' | 'pending' | 'unsubscribed' | 'bounced' | 'complained';
