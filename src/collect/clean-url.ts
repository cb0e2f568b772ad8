/** Parameters that only tell the site where a reader came from, by the tool that adds them. */
const TRACKING: readonly RegExp[] = [
  // Google Analytics, Matomo, Piwik
  /^(?:utm|mtm|pk|piwik|matomo)_/i,
  /^(?:_ga|_gl)$/i,
  // Clicks on ads: Google, Facebook, Microsoft, Yandex, X, TikTok, LinkedIn, Instagram, Reddit, Pinterest
  /^(?:gclid|gclsrc|dclid|gbraid|wbraid|fbclid|msclkid|yclid|ymclid|twclid|ttclid|li_fat_id|igshid|igsh|rdt_cid|epik)$/i,
  // Email: Mailchimp, HubSpot, Marketo, Klaviyo, Adobe, Vero, Drip, Beehiiv
  /^(?:mc_cid|mc_eid|_hsenc|_hsmi|__hs\w+|hs(?:CtaTracking|a_\w+)|mkt_tok|_kx|_ke|s_cid|vero_(?:id|conv)|__s|_bhlid)$/i,
  // Others
  /^(?:wickedid|oly_(?:anon|enc)_id|rb_clickid|ml_subscriber\w*|cmpid|ncid|srsltid)$/i,
];

/** Parameters that track on one site, and may have a meaning on others. */
const TRACKING_ON: readonly (readonly [host: RegExp, parameter: RegExp])[] = [
  [/(?:^|\.)(?:youtube\.com|youtu\.be)$/, /^(?:si|feature|pp)$/],
  [/(?:^|\.)(?:x|twitter)\.com$/, /^(?:s|t|ref_src|ref_url)$/],
  [/(?:^|\.)spotify\.com$/, /^si$/],
  [/(?:^|\.)linkedin\.com$/, /^(?:trk|trackingId|lipi|rcm)$/],
  [/(?:^|\.)medium\.com$/, /^(?:source|sk)$/],
  [/(?:^|\.)substack\.com$/, /^(?:r|isFreemail|publication_id|post_id|triedRedirect)$/],
];

/** Caches that show the AMP page of another site: its host and path follow `/s/` (https) or `/`. */
const AMP_CACHES: readonly (readonly [host: RegExp, path: RegExp])[] = [
  [/^(?:www\.)?google\.[a-z.]+$/, /^\/amp\/(s\/)?([\w.-]+\.[a-z]{2,}(?:\/.*)?)$/i],
  [/(?:^|\.)cdn\.ampproject\.org$/, /^\/[cv]\/(s\/)?([\w.-]+\.[a-z]{2,}(?:\/.*)?)$/i],
];
const AMP_PARAMETER = /^(?:amp|amp_js_v|amp_gsa|usqp|outputType)$/i;

/** A URL without tracking parameters, and that of the site instead of an AMP cache. Everything else stays as it is. */
export function cleanUrl(address: URL): URL {
  const url = fromAmpCache(address);
  const parts = url.search.slice(1).split('&');
  const kept = parts.filter((part) => !isTracking(url.hostname, part));
  // Not through URLSearchParams, which would write the remaining parameters in another way.
  if (kept.length < parts.length) url.search = kept.join('&');
  if (/^#(?:utm_|:~:text=|xtor=)/.test(url.hash)) url.hash = '';
  // Braces in an issue are merge fields.
  return new URL(url.href.replaceAll('{', '%7B').replaceAll('}', '%7D'));
}

function fromAmpCache(address: URL): URL {
  for (const [host, path] of AMP_CACHES) {
    const [, secure, rest] = (host.test(address.hostname) && path.exec(address.pathname)) || [];
    if (rest === undefined) continue;
    const target = `${secure ? 'https:' : 'http:'}//${rest}${address.search}${address.hash}`;
    if (URL.canParse(target)) return new URL(target);
  }
  return new URL(address);
}

function isTracking(host: string, part: string): boolean {
  const [name = '', value = ''] = part.split('=', 2);
  if (TRACKING.some((pattern) => pattern.test(name))) return true;
  if (AMP_PARAMETER.test(name))
    return /^(?:amp|1|true|)$/i.test(value) || !/^(?:amp|outputType)$/i.test(name);
  return TRACKING_ON.some(([site, pattern]) => site.test(host) && pattern.test(name));
}

/**
 * The URL that a page declares as its own, if it may be one: on the same site, and not the home page for another page.
 * @param declared the link of the page, which may be relative
 */
export function canonicalUrl(address: URL, declared: string | undefined): URL {
  if (declared === undefined || !URL.canParse(declared.trim(), address.href)) return address;
  const canonical = new URL(declared.trim(), address);
  const isWeb =
    /^https?:$/.test(canonical.protocol) && canonical.username === '' && canonical.port === address.port;
  const isHome = canonical.pathname === '/' && canonical.search === '' && address.pathname !== '/';
  if (!isWeb || isHome || siteOf(canonical) !== siteOf(address)) return address;
  if (address.protocol === 'https:') canonical.protocol = 'https:';
  if (canonical.hash === '') canonical.hash = address.hash;
  return cleanUrl(canonical);
}

/** The host without the names of its versions for phones. */
function siteOf({ hostname }: URL): string {
  return hostname.replace(/^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)/, '');
}

/** A text that is the same for two addresses of one page; undefined for what is not a web address. */
export function urlKey(address: string): string | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = cleanUrl(new URL(address));
  return `${siteOf(url)}:${url.port}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}
