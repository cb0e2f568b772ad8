export const SAMPLE_LIST = `email,first_name,last_name,status,tags,subscribed_at
ada@example.com,Ada,Lovelace,subscribed,beginner,2018-09-01
grace@example.org,Grace,Hopper,subscribed,,2018-09-02
somebody@example.net,,,subscribed,,2018-09-03
gone@example.com,Gone,Already,unsubscribed,,2018-09-01
`;

/** What must never be committed: the readers, and what obn knows of them. */
export const IGNORED = ['.obn/', 'subscribers.csv', '.subscribers.csv.*.tmp', 'site/'] as const;
