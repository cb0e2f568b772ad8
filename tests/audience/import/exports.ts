/** Exports in the formats that the platforms document; the people are fictional. */

const MAILCHIMP =
  'Email Address,First Name,Last Name,Company,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS';

export const EXPORTS = {
  'subscribed_members_export_1a2b.csv': `${MAILCHIMP}
ada@example.com,Ada,Lovelace,"Engines, Ltd.",4,"2020-01-02 03:04:05",192.0.2.1,"2020-01-02 03:05:00",192.0.2.1,51.5,-0.1,0,1,Europe/London,gb,eng,"2021-01-01 00:00:00",123,abc123,,"""VIP"",""aws"""
grace@example.org,Grace,,,2,"2020-02-02 03:04:05",,,,,,,,,,,"2021-01-01 00:00:00",124,abc124,,
`,
  'unsubscribed_members_export_1a2b.csv': `${MAILCHIMP},UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER
left@example.com,Left,,,2,,,,,,,,,,,,"2021-01-01 00:00:00",125,abc125,,,"2021-01-01 00:00:00",Issue 3,77,NORMAL,
angry@example.com,Angry,,,2,,,,,,,,,,,,"2021-01-01 00:00:00",126,abc126,,,"2021-01-01 00:00:00",Issue 3,77,SPAM,
`,
  'cleaned_members_export_1a2b.csv': `${MAILCHIMP},CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID
dead@example.com,Dead,,,2,,,,,,,,,,,,"2021-01-01 00:00:00",127,abc127,,,"2021-01-01 00:00:00",Issue 3,77
`,
  'nonsubscribed_members_export_1a2b.csv': `${MAILCHIMP}
buyer@example.com,Buyer,,,2,,,,,,,,,,,,"2021-01-01 00:00:00",128,abc128,,
`,
  'email_list.weekly.csv': `email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at
ada@example.com,true,2027-01-01T00:00:00.000Z,monthly_subscription,false,2024-03-01T10:00:00.000Z,2024-03-02T10:00:00.000Z
left@example.com,false,,other,true,2024-03-01T10:00:00.000Z,
`,
  'subscribers-buttondown.csv': `email_address,notes,metadata,tags,referrer_url,secondary_id,type,source,utm_campaign,creation_date
ada@example.com,met at a fair,"{""first_name"": ""Ada"", ""level"": 3, ""nested"": {""a"": 1}}","vip, aws",https://news.example.com,1,regular,api,,2024-03-01T10:00:00Z
wait@example.com,,{},,,2,unactivated,,,2024-03-01T10:00:00Z
left@example.com,,,,,3,unsubscribed,,,2024-03-01T10:00:00Z
dead@example.com,,,,,4,undeliverable,,,2024-03-01T10:00:00Z
angry@example.com,,,,,5,complained,,,2024-03-01T10:00:00Z
odd@example.com,,,,,6,levitating,,,2024-03-01T10:00:00Z
`,
  'members.ghost.csv': `id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers
6501,ada@example.com,Ada King Lovelace,Early supporter,true,false,,2024-03-01T10:00:00.000Z,,"VIP,aws",Gold
6502,left@example.com,Left,,false,false,,2024-03-01T10:00:00.000Z,,,
`,
  'subscribers.beehiiv.csv': `id,email,status,created_at,subscription_tier,utm_source,utm_medium,utm_channel,utm_campaign,referring_site,acquisition_source,open_rate,last_opened_at,tags,City
sub_1,ada@example.com,active,2024-03-01T10:00:00Z,free,,,website,,,direct,50.1,2024-04-01,vip,London
sub_2,left@example.com,inactive,2024-03-01T10:00:00Z,free,,,,,,,,,,
sub_3,wait@example.com,pending,2024-03-01T10:00:00Z,free,,,,,,,,,,
sub_4,dead@example.com,invalid,2024-03-01T10:00:00Z,free,,,,,,,,,,
`,
  'subscribers.listmonk.csv': `uuid,email,name,attributes,status,created_at,updated_at
7f0e,ada@example.com,Ada Lovelace,"{""city"": ""London"", ""vip"": true}",enabled,2024-03-01T10:00:00Z,2024-03-01T10:00:00Z
7f0f,left@example.com,Left,{},blocklisted,2024-03-01T10:00:00Z,2024-03-01T10:00:00Z
`,
} as const;
