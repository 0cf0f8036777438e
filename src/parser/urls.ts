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
  const url = parseUrl(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname.includes(".")) return null;
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
  const host = domainToUnicode(url.hostname)
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)/, "")
    .replace(/^([a-z]{2,3})\.m\.(?=[^.]+\.)/, "$1.");
  const parameters = [...url.searchParams].filter(([name]) => !tracking.test(name) && !/^amp$/i.test(name));
  const query = new URLSearchParams(
    parameters.sort(([a, x], [b, y]) => (a + x < b + y ? -1 : a + x > b + y ? 1 : 0)),
  ).toString();
  const path = url.pathname.replace(/\/amp\/?$/, "/").replace(/\/+$/, "");
  const port = url.port ? `:${url.port}` : "";
  return {
    canonicalUrl: `https://${host}${port}${path}${query ? `?${query}` : ""}`,
    host,
    domain: getDomain(host, { allowPrivateDomains: true }) ?? "",
  };
}

/** True when `host` is `domain` or below it: `blog.acme.com` is below `acme.com`, `notacme.com` is not. */
export const isBelow = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
