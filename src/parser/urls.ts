/** Makes addresses comparable: canonical URL, host and registrable domain. */
import { domainToUnicode } from "node:url";
import { getDomain } from "tldts";

export interface CanonicalUrl {
  canonicalUrl: string;
  host: string;
  /** By the Public Suffix List with private rules: acme.github.io is its own. Empty for addresses without one. */
  domain: string;
}

const tracking =
  /^(?:utm_.*|mc_(?:cid|eid)|_hs.*|hsa_.*|_gsid|gclid|gclsrc|gbraid|wbraid|fbclid|msclkid|srsltid|igshid|igsh|dclid|yclid|twclid|ttclid|ref_src|ref_url|_ga|_gl|mkt_tok|vero_id|oly_.*_id)$/i;

/** Redirect pages that carry their target: host and path to the parameter that holds it. */
const wrappers: [page: RegExp, parameter: string][] = [
  [/^(?:www\.)?google\.[a-z.]{2,6}\/url$/, "q"],
  [/^(?:www\.)?google\.[a-z.]{2,6}\/url$/, "url"],
  [/^l\.(?:facebook|instagram)\.com\/(?:l\.php)?$/, "u"],
  [/^duckduckgo\.com\/l\/?$/, "uddg"],
  [/^(?:www\.)?bing\.com\/(?:news\/apiclick\.aspx|ck\/a)$/, "url"],
  [/^(?:www\.)?youtube\.com\/redirect$/, "q"],
  [/^out\.reddit\.com\/?/, "url"],
  [/^(?:www\.)?linkedin\.com\/(?:redir\/redirect|safety\/go)$/, "url"],
];
/** A wrapper inside a wrapper inside a wrapper is an attack. */
const deepest = 3;

/** The canonical form, or null when it is no web address. */
export function canonicalUrl(raw: string, depth = 0): CanonicalUrl | null {
  const text = raw.trim();
  const complete = /^https?:\/\//i.test(text);
  const url = parseUrl(complete ? text : `https://${text}`);
  if (!complete && (url?.username || url?.password)) return null; // an e-mail address, or a scheme such as mailto:
  if (!url || !/^https?:$/.test(url.protocol) || !/^[^.]+(?:\.[^.]+)+\.?$/.test(url.hostname)) return null;
  const target = depth < deepest ? unwrapped(url) : null;
  if (target) return canonicalUrl(target, depth + 1) ?? clean(url);
  return clean(url);
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null; // not an address: the caller is told by null
  }
}

function unwrapped(url: URL): string | null {
  const page = url.hostname + url.pathname;
  for (const [wrapper, parameter] of wrappers) {
    const target = wrapper.test(page) ? url.searchParams.get(parameter) : null;
    if (target && /^https?:\/\//i.test(target)) return target;
  }
  return null;
}

function clean(url: URL): CanonicalUrl {
  const host = plainHost(url.hostname);
  const parameters = [...url.searchParams].filter(([name]) => !tracking.test(name) && !/^amp$/i.test(name));
  const query = new URLSearchParams(
    parameters.sort(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : a === b && x === y ? 0 : 1)),
  ).toString();
  const path = url.pathname.replace(/(?:\/amp)?\/*$/, "");
  const port = url.port && url.port !== "443" ? `:${url.port}` : "";
  return {
    canonicalUrl: `https://${host}${port}${path}${query ? `?${query}` : ""}`,
    host,
    domain: domainOf(host),
  };
}

const domainOf = (host: string): string => getDomain(host, { allowPrivateDomains: true }) ?? "";

/** A host in lower case and Unicode, without the prefixes that only say how it is served. `www.gov.uk` needs its own. */
export function plainHost(hostname: string): string {
  let host = domainToUnicode(hostname).toLowerCase().replace(/\.$/, "");
  const domain = domainOf(host);
  for (;;) {
    const bare = host.replace(/^(?:www\d?|m|mobile|amp)\./, "").replace(/^([a-z]{2,3})\.m\./, "$1.");
    if (bare === host || domainOf(bare) !== domain) return host;
    host = bare;
  }
}

/** True when `host` is `domain` or below it: `blog.acme.com` is below `acme.com`, `notacme.com` is not. */
export const isBelow = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
