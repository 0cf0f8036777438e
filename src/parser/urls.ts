/** Makes addresses comparable: canonical URL, host and registrable domain. */
import { domainToUnicode } from "node:url";
import { getDomain } from "tldts";
import { unwrapped } from "./wrappers.ts";

export interface CanonicalUrl {
  canonicalUrl: string;
  host: string;
  /** By the Public Suffix List with private rules: acme.github.io is its own. Empty for addresses without one. */
  domain: string;
}

const tracking =
  /^(?:utm_.*|mc_(?:cid|eid)|_hs.*|hsa_.*|_gsid|gclid|gclsrc|gbraid|wbraid|gad_source|gad_campaignid|fbclid|mibextid|msclkid|srsltid|igshid|igsh|dclid|yclid|twclid|ttclid|li_fat_id|rdt_cid|epik|s_kwcid|ef_id|ref_src|ref_url|_ga|_gl|_kx|mkt_tok|wt_mc|wt\.mc_id|vero_id|oly_.*_id|_x_tr_.*|amp|amp_js_v|amp_gsa|usqp)$/i;

/** A wrapper inside a wrapper inside a wrapper is an attack. */
const deepest = 3;

/** The canonical form, or null when it is no web address. */
export function canonicalUrl(raw: string, depth = 0): CanonicalUrl | null {
  const text = raw.trim();
  const complete = /^https?:\/\//i.test(text);
  const url = parseUrl(complete ? text : `https://${text}`);
  if (!complete && (url?.username || url?.password)) return null; // an e-mail address, or a scheme such as mailto:
  if (!url || !/^https?:$/.test(url.protocol) || !isDotted(url.hostname)) return null;
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

const isDotted = (hostname: string): boolean => /^[^.]+(?:\.[^.]+)+\.?$/.test(hostname);

function clean(url: URL): CanonicalUrl {
  const { host, domain } = publisher(url.hostname);
  const query = url.search === "" ? "" : plainQuery(url.searchParams);
  const port = url.port && url.port !== "443" ? `:${url.port}` : "";
  return {
    canonicalUrl: `https://${host}${port}${plainPath(url.pathname)}${query ? `?${query}` : ""}`,
    host,
    domain,
  };
}

/** Parameters that say which page it is, sorted. */
function plainQuery(all: URLSearchParams): string {
  const parameters = [...all].filter(
    ([name, value]) => !tracking.test(name) && !(/^outputtype$/i.test(name) && /^amp$/i.test(value)),
  );
  return new URLSearchParams(
    parameters.sort(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : a === b && x === y ? 0 : 1)),
  ).toString();
}

/** One spelling of what may be escaped or not, without the mark of an AMP page and the slash at the end. Case is kept. */
function plainPath(pathname: string): string {
  let path = pathname.replace(/%[\da-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(parseInt(escape.slice(1), 16));
    return /[\w.~!'()*,:@-]/.test(character) ? character : escape.toUpperCase();
  });
  for (;;) {
    // by hand: patterns for what stands at the end would try again at each slash of a hostile path
    if (path.endsWith("/") || path.endsWith(".amp")) path = path.slice(0, path.endsWith("/") ? -1 : -4);
    else if (path.endsWith(".amp.html")) path = `${path.slice(0, -9)}.html`;
    else if (path.endsWith("/amp") && path.lastIndexOf("/", path.length - 5) >= 0) path = path.slice(0, -4);
    else return path;
  }
}

const domainOf = (host: string): string => getDomain(host, { allowPrivateDomains: true }) ?? "";

type Publisher = Pick<CanonicalUrl, "host" | "domain">;

/** Answers name the same hosts again and again; begun anew when it is full. */
const publishers = new Map<string, Publisher>();
const mostPublishers = 2_000;

function publisher(hostname: string): Publisher {
  const known = publishers.get(hostname);
  if (known) return known;
  let host = unicode(hostname).replace(/\.$/, "");
  const domain = domainOf(host);
  for (;;) {
    const bare = host
      .replace(/^(?:www\d?|m|mobile|amp)\./, "")
      .replace(/^([a-z]{2,3}(?:-[a-z]{2,8})?|simple)\.m\./, "$1.");
    if (bare === host || domainOf(bare) !== domain) break;
    host = bare;
  }
  if (publishers.size >= mostPublishers) publishers.clear();
  publishers.set(hostname, { host, domain });
  return { host, domain };
}

/** Most hosts are plain already. */
const unicode = (hostname: string): string =>
  /^[a-z\d.-]*\.[a-z]+$/.test(hostname) && !hostname.includes("xn--")
    ? hostname
    : domainToUnicode(hostname).toLowerCase();

/** A host in lower case and Unicode, without the prefixes that only say how it is served. `www.gov.uk` needs its own. */
export const plainHost = (hostname: string): string => publisher(hostname).host;

/** True when `host` is `domain` or below it: `blog.acme.com` is below `acme.com`, `notacme.com` is not. */
export const isBelow = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
