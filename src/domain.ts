/**
 * Every noun of Citera as a type, with the dictionary they share with the documentation, the UI and the API.
 *
 * Workspace    a team's walls; nothing crosses them.
 * Project      one own brand in one or more markets, with its rivals.
 * Brand        names, aliases, domains and products that belong together; role own or competitor.
 * Fact         a true statement about a brand, with the day from which it holds.
 * Prompt       a question customers ask. Editing text, language or country makes a new PromptVersion;
 *              phase, segment, buying role, topic, tags and branded are labels and apply to history.
 * Assistant    a slot we ask: its id stays; an adapter with its settings serves it.
 * Run          one due time of a project.
 * Question     prompt version x assistant x repeat x run: the unit of work, of cost and of retry.
 * Reply        what an adapter read from the wire. Answer: a reply we keep, never edited.
 * Text         all text shown to the user, in order, joined with nothing, markers included; asides mark preamble.
 * Source       a page the assistant looked at. Citation: a page used in the text. Mention: a brand named there.
 * Findings     mentions, citations and ranking read from one answer by one Reading.
 * Reading      parser version x brand set version: findings of different readings are never mixed.
 * Rank         place in the answer's primary ranking; the order of mention is never a rank.
 * Candidate    a name that leads an entry of the ranking and that nobody tracks.
 * Ghost        a brand whose page is cited in an answer that does not name it.
 * Touchpoint   brand x assistant x market x phase x segment.
 * Measure      a value with its interval, its denominator and its hits: a number never travels alone.
 *
 * Units come last in names: tookMs, costMicroUsd. Days are text, YYYY-MM-DD, in the project's time zone.
 */

/** BCP 47 language tag, such as `sv` or `en`. */
export type Language = string;
/** ISO 3166-1 alpha-2 country code in upper case, such as `SE`. */
export type Country = string;
/** Local calendar day, YYYY-MM-DD. */
export type Day = string;
/** The languages of our own words; what assistants are asked in is open. */
export type UiLanguage = "en" | "sv";
/** One text in every language of the interface. */
export type Words = Record<UiLanguage, string>;

export type Phase = "awareness" | "consideration" | "purchase" | "post_purchase";
export type Segment = "b2c" | "b2b";
export type Surface = "api" | "ui";
export type Purpose = "scheduled" | "confirm" | "adhoc" | "audit" | "import";

/** Where time comes from, so that tests and the simulator's history can bring their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A team's walls. */
export interface Workspace {
  id: string;
  name: string;
}

export interface Project {
  id: string;
  /** Short name from the project file; unique in the database. */
  key: string;
  name: string;
  country: Country | null;
  /** IANA time zone; days and schedules are counted in it. */
  timezone: string;
  languages: Language[];
  schedule: Schedule | null;
  repeats: number;
  budget: Budget;
  /** Alert rules as written in the project file; kept for the room that reads them. */
  alerts: unknown[];
  prices: Price[];
  brandSetVersion: number;
  /** Number of the reading that measures use. */
  reading: number;
  /** Prompts that are asked at other times than the rest; the first group that fits a prompt has it. */
  groups: PromptGroup[];
  /** Local days on which nothing is due. */
  quiet: QuietDays[];
  /** Since when it is not asked by itself; null while it is. */
  pausedAt: number | null;
  keep: Keep;
  /** Answers of earlier days are no longer kept; null where all are. */
  answersKeptFrom: Day | null;
  /** Rises with every roll-up: what was computed from one version holds until the next. */
  dataVersion: number;
  createdAt: number;
}

/** When a project is due, in its own time zone. */
export interface Schedule {
  /** Five-field cron expression. */
  cron: string;
  /** Further expressions, where one cannot say all times. */
  also?: string[];
}

/** Prompts that are asked at other times than the rest. */
export interface PromptGroup {
  /** Short name from the project file. */
  key: string;
  schedule: Schedule;
  /** Prompts with any of these keys, topics, tags or phases. */
  prompts: { keys?: string[]; topics?: string[]; tags?: string[]; phases?: Phase[] };
}

/** A day or a stretch of days, both ends included. */
export interface QuietDays {
  from: Day;
  to: Day;
}

/** How many days raw bodies and answers are kept; null for ever. */
export interface Keep {
  rawDays: number | null;
  answerDays: number | null;
}

/** Caps in micro-USD; null means no cap. */
export interface Budget {
  perRunMicroUsd: number | null;
  perDayMicroUsd: number | null;
  perMonthMicroUsd: number | null;
  /** Over the project's whole life; missing in projects older than it. */
  totalMicroUsd?: number | null;
}

export interface Brand {
  id: string;
  /** Stable short name from the project file. */
  key: string;
  name: string;
  role: "own" | "competitor";
  aliases: string[];
  domains: string[];
  products: string[];
  matching: Matching;
  facts: Fact[];
}

/** How a brand's names are recognised. */
export interface Matching {
  /** Names must be written exactly as given; otherwise case is ignored. */
  caseSensitive: boolean;
  /** Phrases that contain a name but do not mean the brand. */
  exclude: string[];
  /** Words of which one must stand in the answer for a name to count. */
  require: string[];
  commonWord: "auto" | "yes" | "no";
}

export interface Fact {
  id: string;
  statement: string;
  since: Day | null;
}

export interface Prompt {
  id: string;
  key: string;
  phase: Phase;
  segment: Segment | null;
  /** Buying role, such as "user" or "purchaser". */
  role: string | null;
  topic: string | null;
  tags: string[];
  /** The question names the own brand. */
  branded: boolean;
}

export interface PromptVersion {
  id: string;
  promptId: string;
  version: number;
  text: string;
  language: Language;
  country: Country | null;
}

export interface Assistant {
  id: string;
  /** The slot's name, such as `chatgpt-api`; it stays while models change behind it. */
  key: string;
  title: string;
  adapter: string;
  model: string;
  surface: Surface;
  /** The assistant is asked to search the web. */
  search: boolean;
  /** Questions under way at once. */
  concurrency: number;
  /** Questions sent in a minute, evenly spread; null where only concurrency bounds them. */
  requestsPerMinute: number | null;
  /** Settings of the adapter; secrets stand as ${NAME}, never in clear. */
  settings: Record<string, unknown>;
  /** Why it will not answer before something is changed; null while it answers. */
  attention: Failure | null;
}

/** A project as its owners wrote it down: what the store is brought in line with. */
export interface ProjectDefinition extends Pick<
  Project,
  | "key"
  | "name"
  | "country"
  | "timezone"
  | "languages"
  | "schedule"
  | "repeats"
  | "budget"
  | "alerts"
  | "prices"
  | "groups"
  | "quiet"
  | "keep"
> {
  brands: Omit<Brand, "id">[];
  prompts: (Omit<Prompt, "id"> & Pick<PromptVersion, "text" | "language" | "country">)[];
  assistants: Omit<Assistant, "id" | "attention">[];
}

/** One difference between a definition and the store. */
export interface Change {
  noun: "project" | "brand" | "prompt" | "assistant";
  action: "added" | "changed" | "new version" | "archived" | "restored";
  key: string;
  /** Names of the fields that differ. */
  fields: string[];
}

/** What an adapter is asked: the question unchanged, and where it is asked from. */
export interface Asked {
  text: string;
  language: Language;
  country: Country | null;
  timezone: string;
}

export interface Run {
  id: string;
  projectId: string;
  dueAt: number;
  day: Day;
  purpose: Purpose;
  state: "running" | "done" | "cancelled";
  /** The group of prompts that was due; empty for those of no group. */
  promptGroup: string;
  questions: number;
  /** What it was expected to cost when it was opened; null where no price was known. */
  forecastMicroUsd: number | null;
  /** Null in runs from before these were kept; `endedAt` also while it runs. */
  openedAt: number | null;
  endedAt: number | null;
}

export type QuestionState = "waiting" | "asking" | "done" | "failed" | "skipped_budget" | "cancelled";

export interface Question {
  id: string;
  runId: string;
  projectId: string;
  promptId: string;
  promptVersionId: string;
  assistantId: string;
  repeat: number;
  purpose: Purpose;
  day: Day;
  state: QuestionState;
  attempts: number;
  /** What the answer is expected to cost; set aside while the question is being asked. */
  estimateMicroUsd: number;
  failure: Failure | null;
}

/**
 * How a reply ended. `no_search`: answered without searching although asked to; `empty`: no text (truncated);
 * `no_surface`: nothing was shown. Only answered and no_search enter denominators.
 */
export type Outcome = "answered" | "no_search" | "empty" | "no_surface" | "refused" | "blocked" | "failed";

/** Why an assistant gave no reply; never holds a secret. */
export type FailureReason =
  | "rate_limit"
  | "quota"
  | "bad_key"
  | "not_allowed"
  /** Not offered where the request came from. */
  | "region"
  /** The place that the question is to be asked from was not taken. */
  | "country"
  | "model"
  /** The model cannot search. */
  | "search"
  | "too_large"
  | "bad_request"
  | "overloaded"
  | "server"
  | "timeout"
  | "network"
  | "unreadable"
  | "refused_address"
  /** A cap left no room; the message names it. */
  | "budget"
  | "fault";

/** Whether and when trying again helps. */
export interface Retry {
  again: boolean;
  /** The provider's own delay. */
  afterMs?: number;
  /** It never reached the provider. */
  unsent?: true;
  reason: FailureReason;
}

export interface Failure extends Retry {
  message: string;
  status?: number;
}

/** A part of the text that is shown but is not the answer. Offsets are UTF-16. */
export interface Aside {
  start: number;
  end: number;
  why: "preamble";
}

/** A page the assistant looked at. */
export interface Source {
  url: string;
  title?: string;
  cited: boolean;
}

export type CitationKind = "inline" | "block" | "listed";

/** A page used in the text, as the wire says it; the URL is raw. Offsets are UTF-16 into the text. */
export interface WireCitation {
  url: string;
  title?: string;
  start?: number;
  end?: number;
  kind: CitationKind;
}

export interface Usage {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  /** Billable searches. */
  searches: number;
}

/** What an adapter read from one reply. */
export interface Reply {
  outcome: Outcome;
  text: string;
  asides: Aside[];
  servedModel: string | null;
  /** Queries the assistant sent to its search engine. */
  searches: string[];
  sources: Source[];
  citations: WireCitation[];
  usage: Usage | null;
  /** null when the price is not known; never 0 for want of knowledge. */
  costMicroUsd: number | null;
  /** The provider's own word for how it ended. */
  finish: string | null;
}

/** A reply, and whether country and time zone of the question reached the assistant; null where nobody knows. */
export interface HeardReply extends Reply {
  locationApplied: boolean | null;
}

/** A reply we keep; its id is its question's. */
export interface Answer extends HeardReply {
  id: string;
  projectId: string;
  day: Day;
  requestedModel: string;
  /** The assistant was asked to search the web. */
  search: boolean;
  askedAt: number;
  tookMs: number;
}

/** USD per million tokens and per thousand searches, from one day on. */
export interface Price {
  /** Model name or beginning of it. */
  model: string;
  since: Day;
  inputPerMillionUsd: number;
  cachedInputPerMillionUsd?: number;
  outputPerMillionUsd: number;
  searchPerThousandUsd?: number;
  /** Above so many input tokens the whole call costs this many times more. */
  longPrompt?: { aboveTokens: number; inputFactor: number; outputFactor: number };
}

export type Certainty = "certain" | "likely" | "uncertain";

/** A brand named in the text. Offsets are UTF-16 into the original text. */
export interface Mention {
  /** The brand's key. */
  brand: string;
  start: number;
  end: number;
  /** What stands there, cut from the original text. */
  text: string;
  /** The tracked name that was found. */
  form: string;
  via: "name" | "alias" | "product";
  certainty: Certainty;
  /** Why it is not certain. */
  reason?: string;
  /** The answer says that it knows nothing of the brand; that is not visibility. */
  denied?: true;
  /** What it stands in: the innermost of them. Missing in findings by parsers before version 3, like what follows. */
  place?: MentionPlace;
  /** The sentence, heading, list item or table cell it stands in. */
  sentence?: { start: number; end: number };
  /** The answer cites pages, but none for this sentence. */
  uncited?: true;
}

export type MentionPlace = "prose" | "heading" | "list" | "table" | "link" | "quote";

/** A name that nobody tracks and that leads an entry of the ranking: perhaps a competitor. */
export interface Candidate {
  /** What stands there, cut from the original text. */
  text: string;
  start: number;
  end: number;
  /** Its place among all entries. */
  position: number;
}

export interface Ranking {
  /**
   * Where the ranking stands, also when it has no tracked brand; `order` when brands are only named one after another;
   * null when none is named.
   */
  source: "list" | "table" | "headings" | "stated" | "order" | null;
  /** Brand key to place in the primary ranking; empty when the answer ranks no tracked brand. */
  positions: Record<string, number>;
  /** Brand keys by first mention. */
  order: string[];
  /** Names that lead entries of the same ranking and are not tracked, in order. */
  candidates: Candidate[];
}

/** What sort of place publishes a page. */
export type SourceType =
  | "news"
  | "review"
  | "forum"
  | "social"
  | "video"
  | "encyclopedia"
  | "shop"
  | "documentation"
  | "institution"
  | "company"
  | "other";

/** A page used in the text, made comparable. */
export interface Citation {
  /** As it came. */
  url: string;
  title?: string;
  canonicalUrl: string;
  host: string;
  /** Registrable domain by the Public Suffix List, private rules on. */
  domain: string;
  /** `own`, `competitor:<brand key>` or `other`. */
  owner: string;
  kind: CitationKind;
  start?: number;
  end?: number;
  type?: SourceType;
  /** The sentence or item that it supports; missing where it stands in a list of sources. */
  supports?: { start: number; end: number };
  /** Keys of the brands named there, in order. */
  named?: string[];
}

export interface Findings {
  parserVersion: number;
  mentions: Mention[];
  ranking: Ranking;
  citations: Citation[];
  /** Keys of brands of which a page is cited but which are not named. */
  ghosts: string[];
}

/** Tone and facts as a judge sees them, per brand named in an answer. */
export interface Verdict {
  answerId: string;
  brand: string;
  judge: string;
  promptVersion: number;
  tone: "positive" | "neutral" | "negative" | "mixed";
  quote: string;
}

/** Brand x assistant x market x phase x segment: the meeting a number describes. */
export interface Touchpoint {
  brand: string;
  assistant: string;
  country: Country | null;
  phase: Phase;
  segment: Segment | null;
}

/** What is counted about one brand in some answers; every rate is made of such counts. */
export interface Counts {
  /** Answers that count: outcome answered or no_search. */
  answers: number;
  /** ... that name the brand. */
  named: number;
  /** Answers that contain a ranking. */
  ranked: number;
  /** ... in which the brand has place 1; place 1, 2 or 3. */
  top1: number;
  top3: number;
  /** Sum of 1/place over rankings that have the brand. */
  reciprocalRanks: number;
  /** Answers of assistants that were asked to search. */
  searched: number;
  /** ... that cite any page. */
  citing: number;
  /** ... that cite a domain of the brand. */
  cited: number;
  /** ... that cite it without naming it; that name it without citing it. */
  ghosts: number;
  uncited: number;
  /** Answers naming the brand whose tone towards it was judged, and found positive or negative. */
  judged: number;
  positive: number;
  negative: number;
  /** Answers that name or cite the brand; those of them that neither name nor cite the own brand. */
  present: number;
  withoutOwn: number;
}

/** Value, interval and denominator of a metric; bounds are null below five prompts. */
export interface Measure {
  /** In the metric's unit, a share of 0 to 1 for most; null when nothing was counted. */
  value: number | null;
  low: number | null;
  high: number | null;
  answers: number;
  prompts: number;
  /** Answers that hit; where they hit more or less, such as by rank, the sum of that. */
  hits: number;
  /** Why value or bounds are missing or narrower than they look. */
  note: "nothing" | "too_few_prompts" | "one_prompt" | "no_search" | "unjudged" | null;
}

/** A day from which on a series counts something else than before; prompts and assistants by their keys. */
export type Break =
  /** The question's words, language or country were changed. */
  | { kind: "prompt_edited"; day: Day; prompt: string }
  /** Questions came and went. */
  | { kind: "panel_changed"; day: Day; added: string[]; removed: string[] }
  /** Most answers of an assistant have come from another model since. */
  | { kind: "model_changed"; day: Day; assistant: string; before: string; after: string };

/** A condition watched on a series of measures. */
export interface Rule {
  id: string;
  settings: Record<string, unknown>;
}

/** Something real that changed, from the day it was seen until it is over. */
export interface Incident {
  id: string;
  ruleId: string;
  state: "learning" | "ok" | "open" | "recovered" | "accepted";
  openedAt: number | null;
}

/** One message about an incident to one channel. */
export interface Delivery {
  id: string;
  incidentId: string;
  channel: string;
  state: "waiting" | "sent" | "failed";
}

/** What the team did, drawn on charts. */
export interface Note {
  day: Day;
  text: string;
  url: string | null;
  promptKeys: string[];
}
