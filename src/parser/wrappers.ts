/** Pages that only lead elsewhere or only show what others publish: redirects, caches, search results and widgets. */

const google = String.raw`(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?`;

const googleHost = new RegExp(`^${google}$`);

/** Redirect pages that carry their target: host and path to the parameters that may hold it. */
const wrappers: [page: RegExp, ...parameters: string[]][] = [
  [new RegExp(`^${google}/url$`), "q", "url"],
  [new RegExp(`^${google}/imgres$`), "imgrefurl"],
  [/^docs\.google\.com\/(?:viewer|gview)$/, "url"],
  [/^translate\.google\.[a-z.]{2,6}\/(?:translate|website)$/, "u"],
  [/^lm?\.(?:facebook|instagram|messenger)\.com\/(?:l\.php)?$/, "u"],
  [/^(?:www\.|m\.)?facebook\.com\/l\.php$/, "u"],
  [/^(?:www\.)?duckduckgo\.com\/l\/?$/, "uddg"],
  [/^(?:www\.)?bing\.com\/(?:news\/apiclick\.aspx|ck\/a|alink\/link)$/, "url", "u"],
  [/^(?:www\.|m\.)?youtube\.com\/redirect$/, "q"],
  [/^out\.reddit\.com\//, "url"],
  [/^(?:www\.)?linkedin\.com\/(?:redir\/redirect|safety\/go)$/, "url"],
  [/^(?:[a-z\d]{1,10}\.)?safelinks\.protection\.outlook\.com\//, "url"],
  [/^(?:slack-redir\.net\/link|t\.umblr\.com\/redirect|(?:www\.)?vk\.com\/away\.php)$/, "url", "z", "to"],
  [/^(?:www\.)?awin1\.com\/cread\.php$/, "ued", "p"],
  [/^(?:go\.skimresources|clk\.tradedoubler)\.com\//, "url", "id"],
];

/** What the hosts of wrappers and caches have in common, so that other pages are not asked one by one. */
const known =
  /google|facebook|instagram|messenger|duckduckgo|bing|youtube|reddit|linkedin|outlook|slack-redir|umblr|vk\.com|awin1|skimresources|tradedoubler|ampproject|translate/;

/** Where a wrapper leads when its address says so, else null. */
export function unwrapped(url: URL): string | null {
  if (!known.test(url.hostname)) return null;
  const page = url.hostname + url.pathname;
  for (const [wrapper, ...parameters] of wrappers) {
    if (!wrapper.test(page)) continue;
    for (const parameter of parameters) {
      const target = addressIn(url.searchParams.get(parameter));
      if (target) return target;
    }
  }
  return ampTarget(url) ?? translated(url);
}

/** An address in clear, or as Bing writes it: `a1` before the address in base64. */
function addressIn(value: string | null): string | null {
  if (!value) return null;
  const target = /^a1[\w-]{8,}={0,2}$/.test(value) ? Buffer.from(value.slice(2), "base64url").toString("utf8") : value;
  return /^https?:\/\//i.test(target) ? target : null;
}

/** Caches of AMP pages write host and path of the page into their own path; `s` says that it is encrypted. */
function ampTarget({ hostname, pathname, search }: URL): string | null {
  const cache = /(?:^|\.)(?:cdn\.ampproject\.org|bing-amp\.com|ampproject\.net)$/.test(hostname);
  const viewer = googleHost.test(hostname);
  const inside = cache
    ? /^\/(?:[a-z]{1,3}\/)(?:s\/)?([^/]+\.[^/]+(?:\/.*)?)$/s.exec(pathname)
    : viewer && /^\/amp\/(?:s\/)?([^/]+\.[^/]+(?:\/.*)?)$/s.exec(pathname);
  return inside ? `https://${inside[1]}${search}` : null;
}

/** Google's translations live on hosts such as `www-acme-com.translate.goog`; a hyphen of the name is doubled. */
function translated({ hostname, pathname, search }: URL): string | null {
  const label = /^([^.]+)\.translate\.goog$/.exec(hostname)?.[1];
  return label ? `https://${label.replace(/-(-?)/g, (_, second) => (second ? "-" : "."))}${pathname}${search}` : null;
}

const redirect = /^https:\/\/vertexaisearch\.cloud\.google\.com\/grounding-api-redirect\//;

/** True for redirects whose target only their server knows: no canonical form until someone follows them. */
export const isUnresolved = (canonicalUrl: string): boolean => redirect.test(canonicalUrl);

const widgets = [
  new RegExp(
    String.raw`^https://${google}/(?:search|viewer|maps|travel|shopping|aclk|imgres|images|local|finance)(?:[/?]|$)`,
  ),
  /^https:\/\/maps\.(?:google\.[a-z.]{2,6}|app\.goo\.gl)(?:[/?]|$)/,
  /^https:\/\/(?:bing\.com\/(?:(?:images\/|videos\/|news\/)?search|maps|shop|aclick)(?:[/?]|$))/,
  /^https:\/\/duckduckgo\.com\/(?:html)?\?/,
  /^https:\/\/(?:[a-z]{2}\.)?search\.yahoo\.com\//,
];

/** True for search results, maps and panels: nobody publishes there, so an answer that links to them cites no page. */
export const isWidget = (canonicalUrl: string): boolean =>
  /google|goo\.gl|bing|duckduckgo|yahoo/.test(canonicalUrl) && widgets.some((widget) => widget.test(canonicalUrl));
