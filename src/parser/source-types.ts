/** Says what sort of place publishes a page: a small table of well-known sites, then what its address itself tells. */
import type { SourceType } from "../domain.ts";
import type { CanonicalUrl } from "./urls.ts";

/** Domains by type, in English and Nordic use; a team adds its own by overrides. */
const table: [SourceType, string][] = [
  [
    "news",
    `aftonbladet.se affarsvarlden.se arbetet.se barometern.se breakit.se bt.se corren.se dagensindustri.se
    dagensmedia.se di.se dn.se ekuriren.se etc.se expressen.se fokus.se gp.se hd.se helsingborgsdagblad.se jp.se
    lakartidningen.se mitti.se na.se nsk.se nyteknik.se omni.se privataaffarer.se realtid.se resume.se svd.se
    svenskafans.com svt.se sverigesradio.se sydsvenskan.se thelocal.se tv4.se unt.se va.se vk.se vlt.se
    aftenposten.no dagbladet.no dn.no e24.no nrk.no tv2.no vg.no berlingske.dk borsen.dk bt.dk dr.dk jyllands-posten.dk
    politiken.dk hs.fi hbl.fi iltalehti.fi is.fi kauppalehti.fi yle.fi abcnews.go.com aljazeera.com apnews.com
    axios.com bbc.com bbc.co.uk bild.de bloomberg.com businessinsider.com cbsnews.com cnbc.com cnn.com
    economist.com elpais.com engadget.com euronews.com faz.net fastcompany.com forbes.com fortune.com ft.com
    guardian.co.uk handelsblatt.com heise.de independent.co.uk latimes.com lefigaro.fr lemonde.fr marketwatch.com
    msn.com nbcnews.com news.yahoo.com finance.yahoo.com npr.org nypost.com nytimes.com politico.com politico.eu
    reuters.com sky.com spiegel.de sueddeutsche.de techcrunch.com telegraph.co.uk theatlantic.com theguardian.com
    theregister.com thetimes.co.uk theverge.com time.com usatoday.com venturebeat.com vox.com washingtonpost.com
    welt.de wired.com wsj.com zdnet.com zeit.de`,
  ],
  [
    "review",
    `bytbil.com m3.se prisjakt.nu pricerunner.se pricerunner.com reco.se rådochrön.se radron.se smartson.se
    testfakta.se testfreaks.se trustpilot.com vibilagare.se bäst-i-test.se bastitest.se test.se compricer.se zmarta.se
    lendo.se finansportalen.se capterra.com capterra.se choice.com.au cnet.com consumerreports.org edmunds.com
    expertreviews.co.uk g2.com gartner.com getapp.com getapp.se glassdoor.com goodhousekeeping.com nerdwallet.com
    pcmag.com rtings.com sitejabber.com softwareadvice.com techradar.com tomsguide.com tomshardware.com
    tripadvisor.com tripadvisor.se trustradius.com which.co.uk wirecutter.com yelp.com prisjagt.dk hinta.fi
    test.de idealo.de producthunt.com whathifi.com`,
  ],
  [
    "forum",
    `alltforforaldrar.se byggahus.se familjeliv.se flashback.org garaget.org sweclockers.com fz.se
    news.ycombinator.com quora.com reddit.com redd.it stackexchange.com stackoverflow.com superuser.com
    serverfault.com discord.com discourse.group avforums.com mumsnet.com head-fi.org xda-developers.com`,
  ],
  [
    "social",
    `bsky.app facebook.com fb.com instagram.com linkedin.com mastodon.social pinterest.com pinterest.se
    snapchat.com t.me telegram.org threads.net threads.com tumblr.com twitter.com vk.com x.com weibo.com`,
  ],
  [
    "video",
    "dailymotion.com tiktok.com twitch.tv vimeo.com youtu.be youtube.com youtube-nocookie.com svtplay.se tv4play.se",
  ],
  [
    "encyclopedia",
    `britannica.com fandom.com investopedia.com ne.se snl.no lex.dk wikidata.org wikipedia.org wikiwand.com
    wiktionary.org wikimedia.org grokipedia.com`,
  ],
  [
    "shop",
    `adlibris.com ahlens.se akademibokhandeln.se amazon.ae amazon.ca amazon.co.jp amazon.co.uk amazon.com amazon.com.au
    amazon.de amazon.es amazon.fr amazon.in amazon.it amazon.nl amazon.se apotea.se apoteket.se bestbuy.com biltema.se
    blocket.se bokus.com boozt.com cdon.com cdon.se clasohlson.com coop.se dustin.se dustinhome.se ebay.com
    elgiganten.se etsy.com hemkop.se hm.com ica.se ikea.com inet.se jula.se komplett.se kjell.com lyko.com mathem.se
    mediamarkt.se netonnet.se nordicnest.se rei.com rusta.com stadium.se target.com temu.com tradera.com walmart.com
    wayfair.com webhallen.com willys.se xxl.se zalando.com zalando.se zooplus.se aliexpress.com apps.apple.com
    play.google.com`,
  ],
  [
    "documentation",
    `readthedocs.io readthedocs.org gitbook.io docs.rs github.com gitlab.com github.io npmjs.com pypi.org
    developer.mozilla.org learn.microsoft.com support.google.com support.apple.com support.microsoft.com w3.org
    ietf.org rfc-editor.org`,
  ],
  [
    "institution",
    `1177.se arbetsformedlingen.se boverket.se energimyndigheten.se fi.se folkhalsomyndigheten.se
    forsakringskassan.se hallakonsument.se konsumentverket.se konsumenternas.se konkurrensverket.se
    livsmedelsverket.se lakemedelsverket.se naturvardsverket.se pensionsmyndigheten.se pts.se regeringen.se riksbank.se
    riksdagen.se scb.se skatteverket.se socialstyrelsen.se trafikverket.se transportstyrelsen.se verksamt.se ki.se
    kth.se lu.se uu.se gu.se su.se liu.se chalmers.se europa.eu un.org who.int oecd.org worldbank.org imf.org
    nature.com sciencedirect.com springer.com arxiv.org researchgate.net euroncap.com iso.org`,
  ],
];

const types = new Map(
  table.flatMap(([type, domains]) => domains.split(/\s+/).map((domain) => [domain, type] as const)),
);

/** What the first part of a host says, as in `docs.acme.com`. */
const hostWords: [RegExp, SourceType][] = [
  [/^(?:docs?|developers?|dev|api|help|support|kb|knowledge|wiki|manuals?|hjalp|kundservice)$/, "documentation"],
  [/^(?:forums?|community|communities|answers|diskussion)$/, "forum"],
  [/^(?:shop|store|butik|webshop)$/, "shop"],
  [/^(?:news|nyheter|press|newsroom)$/, "news"],
  [/^(?:videos?|play)$/, "video"],
];

/** Endings that only public bodies and universities get. */
const publicEnding = /(?:^|\.)(?:gov|mil|edu|int|gob|gouv|gv|ac|govt|gc)(?:\.[a-z]{2})?$/;

/** What the registered name says, as in `nybrotidningen.se`; whole words or the last part of a compound. */
const nameWords: [RegExp, SourceType][] = [
  [
    /(?:news|nyheter|tidning(?:en)?|dagblad(?:et)?|bladet|.posten|kuriren|zeitung|times|herald|gazette|tribune|avisen?|tidende|sanomat|lehti)$/,
    "news",
  ],
  [/(?:reviews?|recension(?:er)?|omdömen|omdomen|bästitest|bastitest|testvinnare|jämför|jamfor|vergleich)$/, "review"],
  [/^(?:best|bast|bäst|top10|jamfor|jämför|compare|test)-?.|-(?:test|tests|vs)$/, "review"],
  [/forum(?:et|s)?$/, "forum"],
  [/(?:wiki|pedia)$/, "encyclopedia"],
  [/(?:universit(?:y|et|etet|aet|ät|at)|hogskola|högskola|myndigheten|verket|kommun|regionen)$/, "institution"],
  [/(?:shop|store|butik(?:en)?|handeln?|apotek)$/, "shop"],
];

const pathWords: [RegExp, SourceType][] = [
  [/^\/(?:[a-z-]{2,5}\/)?(?:docs?|documentation|help|support|hjalp|kundservice)(?:\/|$)/i, "documentation"],
  [/^\/(?:[a-z-]{2,5}\/)?(?:forums?|community|threads?|diskussion)(?:\/|$)/i, "forum"],
  [/^\/(?:[a-z-]{2,5}\/)?(?:reviews?|tests?|tester|recensioner)(?:\/|$)/i, "review"],
  [/^\/(?:[a-z-]{2,5}\/)?(?:news|nyheter)(?:\/|$)/i, "news"],
  [/^\/(?:[a-z-]{2,5}\/)?(?:products?|produkt(?:er)?|shop|store|butik|p|dp)\//i, "shop"],
];

/** Types that a team sets for domains of its choice; a subdomain has its parent's unless it has its own. */
export type TypeOverrides = ReadonlyMap<string, SourceType>;

/** The type of a page. Overrides win, then the table, then a tracked brand's own pages, then what the address says. */
export function sourceType(page: CanonicalUrl, owner = "other", overrides: TypeOverrides = new Map()): SourceType {
  const { host, domain } = page;
  const known = nearest(host, overrides) ?? nearest(host, types);
  if (known) return known;
  const first = host === domain ? "" : host.split(".", 1)[0]!;
  const byHost = match(hostWords, first);
  if (byHost && !(owner !== "other" && byHost === "news")) return byHost; // a brand's newsroom is its own voice
  if (owner !== "other") return "company";
  if (publicEnding.test(host.slice(host.indexOf(".") + 1))) return "institution";
  const name = domain.split(".", 1)[0]!;
  return match(nameWords, name.slice(-63)) ?? match(pathWords, pathOf(page)) ?? "other";
}

/** The entry of the host or of the nearest domain above it. */
export function nearest<T>(host: string, entries: ReadonlyMap<string, T>): T | undefined {
  for (let name = host; ; name = name.slice(name.indexOf(".") + 1)) {
    const entry = entries.get(name);
    if (entry !== undefined || !name.includes(".")) return entry;
  }
}

const match = (rules: [RegExp, SourceType][], text: string): SourceType | undefined =>
  text === "" ? undefined : rules.find(([pattern]) => pattern.test(text))?.[1];

function pathOf({ canonicalUrl }: CanonicalUrl): string {
  const slash = canonicalUrl.indexOf("/", "https://".length);
  return slash < 0 ? "" : canonicalUrl.slice(slash, slash + 200);
}
