/** All tables, written once as a function of the column vocabulary. */
import type {
  Aside,
  Budget,
  Fact,
  Failure,
  Keep,
  Matching,
  Price,
  PromptGroup,
  QuietDays,
  Schedule,
  Source,
  Usage,
  WireCitation,
} from "../domain.ts";
import type { Columns } from "./columns.ts";

const purposes = ["scheduled", "confirm", "adhoc", "audit", "import"] as const;
const outcomes = ["answered", "no_search", "empty", "no_surface", "refused", "blocked", "failed"] as const;

const sourceTypes = [
  "news",
  "review",
  "forum",
  "social",
  "video",
  "encyclopedia",
  "shop",
  "documentation",
  "institution",
  "company",
  "other",
] as const;

export function defineSchema(c: Columns) {
  return { ...projectTables(c), ...runTables(c), ...findingTables(c), ...rollupTables(c), ...workTables(c) };
}

function projectTables(c: Columns) {
  const projects = c.table("projects", {
    id: c.text("id").primaryKey(),
    key: c.text("key").notNull().unique(),
    name: c.text("name").notNull(),
    country: c.text("country"),
    timezone: c.text("timezone").notNull(),
    languages: c.json<string[]>("languages").notNull(),
    schedule: c.json<Schedule>("schedule"),
    repeats: c.int("repeats").notNull(),
    budget: c.json<Budget>("budget").notNull(),
    alerts: c.json<unknown[]>("alerts").notNull(),
    prices: c.json<Price[]>("prices").notNull(),
    brandSetVersion: c.int("brand_set_version").notNull(),
    reading: c.int("reading").notNull(),
    /** Prompts that are asked at other times than the rest. */
    groups: c.json<PromptGroup[]>("groups").notNull().default([]),
    /** Local days on which nothing is due. */
    quiet: c.json<QuietDays[]>("quiet").notNull().default([]),
    /** Since when it is not asked by itself; null while it is. */
    pausedAt: c.big("paused_at"),
    keep: c.json<Keep>("keep").notNull().default({ rawDays: null, answerDays: null }),
    /** Answers of earlier days are no longer kept, and their roll-ups stay as they are; null where all are kept. */
    answersKeptFrom: c.text("answers_kept_from"),
    /** Rises with every roll-up that is written: what was computed from one version holds until the next. */
    dataVersion: c.int("data_version").notNull().default(0),
    createdAt: c.big("created_at").notNull(),
  });

  const brands = c.table(
    "brands",
    {
      id: c.text("id").primaryKey(),
      projectId: c.text("project_id").notNull(),
      key: c.text("key").notNull(),
      name: c.text("name").notNull(),
      role: c.oneOf("role", ["own", "competitor"]).notNull(),
      aliases: c.json<string[]>("aliases").notNull(),
      domains: c.json<string[]>("domains").notNull(),
      products: c.json<string[]>("products").notNull(),
      matching: c.json<Matching>("matching").notNull(),
      facts: c.json<Fact[]>("facts").notNull(),
      archivedAt: c.big("archived_at"),
    },
    (t) => [c.uniqueIndex("brands_key").on(t.projectId, t.key)],
  );

  const prompts = c.table(
    "prompts",
    {
      id: c.text("id").primaryKey(),
      projectId: c.text("project_id").notNull(),
      key: c.text("key").notNull(),
      phase: c.oneOf("phase", ["awareness", "consideration", "purchase", "post_purchase"]).notNull(),
      segment: c.oneOf("segment", ["b2c", "b2b"]),
      role: c.text("role"),
      topic: c.text("topic"),
      tags: c.json<string[]>("tags").notNull(),
      branded: c.bool("branded").notNull(),
      /** The version asked now. */
      versionId: c.text("version_id").notNull(),
      archivedAt: c.big("archived_at"),
    },
    (t) => [c.uniqueIndex("prompts_key").on(t.projectId, t.key)],
  );

  const promptVersions = c.table(
    "prompt_versions",
    {
      id: c.text("id").primaryKey(),
      promptId: c.text("prompt_id").notNull(),
      version: c.int("version").notNull(),
      text: c.text("text").notNull(),
      language: c.text("language").notNull(),
      country: c.text("country"),
    },
    (t) => [c.uniqueIndex("prompt_versions_version").on(t.promptId, t.version)],
  );

  const assistants = c.table(
    "assistants",
    {
      id: c.text("id").primaryKey(),
      projectId: c.text("project_id").notNull(),
      key: c.text("key").notNull(),
      title: c.text("title").notNull(),
      adapter: c.text("adapter").notNull(),
      model: c.text("model").notNull(),
      surface: c.oneOf("surface", ["api", "ui"]).notNull(),
      search: c.bool("search").notNull(),
      concurrency: c.int("concurrency").notNull(),
      requestsPerMinute: c.int("requests_per_minute"),
      settings: c.json<Record<string, unknown>>("settings").notNull(),
      archivedAt: c.big("archived_at"),
      /** Why it will not answer before something is changed; null while it answers. */
      attention: c.json<Failure | null>("attention"),
    },
    (t) => [c.uniqueIndex("assistants_key").on(t.projectId, t.key)],
  );
  return { projects, brands, prompts, promptVersions, assistants };
}

function runTables(c: Columns) {
  const runs = c.table(
    "runs",
    {
      id: c.text("id").primaryKey(),
      projectId: c.text("project_id").notNull(),
      dueAt: c.big("due_at").notNull(),
      day: c.text("day").notNull(),
      purpose: c.oneOf("purpose", [...purposes]).notNull(),
      state: c.oneOf("state", ["running", "done", "cancelled"]).notNull(),
      /** The group of prompts that was due; empty for those of no group. */
      promptGroup: c.text("prompt_group").notNull().default(""),
      questions: c.int("questions").notNull().default(0),
      /** What it was expected to cost when it was opened; null where no price was known. */
      forecastMicroUsd: c.big("forecast_micro_usd"),
      /** Null in runs older than the columns. */
      openedAt: c.big("opened_at"),
      endedAt: c.big("ended_at"),
    },
    (t) => [
      c.uniqueIndex("runs_due").on(t.projectId, t.dueAt, t.purpose, t.promptGroup),
      c.index("runs_state").on(t.state, t.projectId),
    ],
  );

  const questions = c.table(
    "questions",
    {
      id: c.text("id").primaryKey(),
      runId: c.text("run_id").notNull(),
      projectId: c.text("project_id").notNull(),
      promptId: c.text("prompt_id").notNull(),
      promptVersionId: c.text("prompt_version_id").notNull(),
      assistantId: c.text("assistant_id").notNull(),
      repeat: c.int("repeat").notNull(),
      purpose: c.oneOf("purpose", [...purposes]).notNull(),
      day: c.text("day").notNull(),
      state: c.oneOf("state", ["waiting", "asking", "done", "failed", "skipped_budget", "cancelled"]).notNull(),
      attempts: c.int("attempts").notNull(),
      /** What the answer is expected to cost; set aside while the question is being asked. */
      estimateMicroUsd: c.big("estimate_micro_usd").notNull(),
      failure: c.json<Failure>("failure"),
      /** It has its job; the others wait here for their turn. */
      queued: c.bool("queued").notNull().default(false),
    },
    (t) => [
      c.uniqueIndex("questions_cell").on(t.runId, t.promptVersionId, t.assistantId, t.repeat),
      c.index("questions_turn").on(t.runId, t.state, t.queued, t.assistantId, t.id),
    ],
  );

  /** The ledger: every call that was sent, or may have been. */
  const calls = c.table(
    "calls",
    {
      questionId: c.text("question_id").notNull(),
      /** 1 for the first. */
      attempt: c.int("attempt").notNull(),
      runId: c.text("run_id").notNull(),
      assistantId: c.text("assistant_id").notNull(),
      startedAt: c.big("started_at").notNull(),
      /** Null while nobody knows how it ended. */
      tookMs: c.int("took_ms"),
      payment: c.oneOf("payment", ["open", "paid", "free", "possibly_paid"]).notNull(),
      /** Of what was paid, from the reply; of what is open or was possibly paid, what is expected; else null. */
      costMicroUsd: c.big("cost_micro_usd"),
      reason: c.text("reason"),
    },
    (t) => [c.primaryKey({ columns: [t.questionId, t.attempt] }), c.index("calls_run").on(t.runId)],
  );

  const answers = c.table(
    "answers",
    {
      /** The question's id: one answer is kept per question. */
      id: c.text("id").primaryKey(),
      projectId: c.text("project_id").notNull(),
      promptVersionId: c.text("prompt_version_id").notNull(),
      assistantId: c.text("assistant_id").notNull(),
      purpose: c.oneOf("purpose", [...purposes]).notNull(),
      day: c.text("day").notNull(),
      outcome: c.oneOf("outcome", [...outcomes]).notNull(),
      /** The assistant was asked to search the web. */
      search: c.bool("search").notNull(),
      text: c.text("text").notNull(),
      asides: c.json<Aside[]>("asides").notNull(),
      searches: c.json<string[]>("searches").notNull(),
      sources: c.json<Source[]>("sources").notNull(),
      citations: c.json<WireCitation[]>("citations").notNull(),
      requestedModel: c.text("requested_model").notNull(),
      servedModel: c.text("served_model"),
      usage: c.json<Usage>("usage"),
      costMicroUsd: c.big("cost_micro_usd"),
      finish: c.text("finish"),
      askedAt: c.big("asked_at").notNull(),
      tookMs: c.int("took_ms").notNull(),
      /** Null in answers older than the column. */
      locationApplied: c.bool("location_applied"),
      /** The newest reading that read this answer; 0 before the first. */
      reading: c.int("reading").notNull(),
    },
    (t) => [c.index("answers_day").on(t.projectId, t.day)],
  );

  const rawReplies = c.table("raw_replies", {
    answerId: c.text("answer_id").primaryKey(),
    /** The body as it came, gzip. */
    body: c.bytes("body").notNull(),
  });
  const redirects = c.table("redirects", {
    /** SHA-256 of the address, which may be long. */
    id: c.text("id").primaryKey(),
    url: c.text("url").notNull(),
    state: c.oneOf("state", ["waiting", "resolved", "failed"]).notNull(),
    /** Where it leads; null until it is resolved. */
    target: c.text("target"),
    /** Why it is not resolved. */
    reason: c.text("reason"),
    attempts: c.int("attempts").notNull(),
    attemptedAt: c.big("attempted_at").notNull(),
  });
  return { runs, questions, calls, answers, rawReplies, redirects };
}

function findingTables(c: Columns) {
  const readings = c.table(
    "readings",
    {
      projectId: c.text("project_id").notNull(),
      number: c.int("number").notNull(),
      parserVersion: c.int("parser_version").notNull(),
      brandSetVersion: c.int("brand_set_version").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.projectId, t.number] })],
  );

  const findings = c.table(
    "findings",
    {
      answerId: c.text("answer_id").notNull(),
      reading: c.int("reading").notNull(),
      rankingSource: c.oneOf("ranking_source", ["list", "table", "headings", "stated", "order"]),
      /** Brand id to place. */
      positions: c.json<Record<string, number>>("positions").notNull(),
      /** Ids of brands whose pages are cited but which are not named; null in findings older than the column. */
      ghosts: c.json<string[]>("ghosts"),
    },
    (t) => [c.primaryKey({ columns: [t.answerId, t.reading] })],
  );

  const mentions = c.table(
    "mentions",
    {
      answerId: c.text("answer_id").notNull(),
      reading: c.int("reading").notNull(),
      number: c.int("number").notNull(),
      brandId: c.text("brand_id").notNull(),
      start: c.int("start").notNull(),
      end: c.int("end").notNull(),
      form: c.text("form").notNull(),
      via: c.oneOf("via", ["name", "alias", "product"]).notNull(),
      certainty: c.oneOf("certainty", ["certain", "likely", "uncertain"]).notNull(),
      reason: c.text("reason"),
      /** Null in findings older than the column, as all that follow. */
      denied: c.bool("denied"),
      uncited: c.bool("uncited"),
      place: c.oneOf("place", ["prose", "heading", "list", "table", "link", "quote"]),
      sentenceStart: c.int("sentence_start"),
      sentenceEnd: c.int("sentence_end"),
    },
    (t) => [c.primaryKey({ columns: [t.answerId, t.reading, t.number] })],
  );

  const citations = c.table(
    "citations",
    {
      answerId: c.text("answer_id").notNull(),
      reading: c.int("reading").notNull(),
      number: c.int("number").notNull(),
      url: c.text("url").notNull(),
      title: c.text("title"),
      canonicalUrl: c.text("canonical_url").notNull(),
      host: c.text("host").notNull(),
      domain: c.text("domain").notNull(),
      /** Brand id that owns the domain, or null. */
      ownerBrandId: c.text("owner_brand_id"),
      kind: c.oneOf("kind", ["inline", "block", "listed"]).notNull(),
      start: c.int("start"),
      end: c.int("end"),
      type: c.oneOf("type", [...sourceTypes]),
      supportsStart: c.int("supports_start"),
      supportsEnd: c.int("supports_end"),
      /** Ids of the brands named in what it supports; null where that is not known. */
      named: c.json<string[] | null>("named"),
    },
    (t) => [c.primaryKey({ columns: [t.answerId, t.reading, t.number] })],
  );

  const candidates = c.table(
    "candidates",
    {
      answerId: c.text("answer_id").notNull(),
      reading: c.int("reading").notNull(),
      number: c.int("number").notNull(),
      name: c.text("name").notNull(),
      /** The name in one form for all its spellings, to be counted by. */
      folded: c.text("folded").notNull(),
      start: c.int("start").notNull(),
      end: c.int("end").notNull(),
      position: c.int("position").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.answerId, t.reading, t.number] })],
  );

  /** The verdict on a brand in an answer that counts now; a corrected one takes its place. */
  const verdicts = c.table(
    "verdicts",
    {
      answerId: c.text("answer_id").notNull(),
      brandId: c.text("brand_id").notNull(),
      judge: c.text("judge").notNull(),
      promptVersion: c.int("prompt_version").notNull(),
      tone: c.oneOf("tone", ["positive", "neutral", "negative", "mixed"]).notNull(),
      quote: c.text("quote").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.answerId, t.brandId] })],
  );
  return { readings, findings, mentions, citations, candidates, verdicts };
}

function rollupTables(c: Columns) {
  const rollups = c.table(
    "rollups",
    {
      projectId: c.text("project_id").notNull(),
      day: c.text("day").notNull(),
      promptVersionId: c.text("prompt_version_id").notNull(),
      assistantId: c.text("assistant_id").notNull(),
      /** Empty when the provider did not say. */
      servedModel: c.text("served_model").notNull(),
      brandId: c.text("brand_id").notNull(),
      answers: c.int("answers").notNull(),
      named: c.int("named").notNull(),
      ranked: c.int("ranked").notNull(),
      /** Defaults are for rows older than the column, whose days are counted again. */
      top1: c.int("top1").notNull().default(0),
      top3: c.int("top3").notNull(),
      reciprocalRanks: c.real("reciprocal_ranks").notNull().default(0),
      searched: c.int("searched").notNull(),
      citing: c.int("citing").notNull().default(0),
      cited: c.int("cited").notNull(),
      ghosts: c.int("ghosts").notNull().default(0),
      uncited: c.int("uncited").notNull().default(0),
      judged: c.int("judged").notNull().default(0),
      positive: c.int("positive").notNull().default(0),
      negative: c.int("negative").notNull().default(0),
      present: c.int("present").notNull().default(0),
      withoutOwn: c.int("without_own").notNull().default(0),
    },
    (t) => [
      c.primaryKey({ columns: [t.projectId, t.day, t.promptVersionId, t.assistantId, t.servedModel, t.brandId] }),
    ],
  );

  /** The same added up over the assistants of a surface, a whole day in a row: most questions need no more. */
  const surfaceDays = c.table(
    "surface_days",
    {
      projectId: c.text("project_id").notNull(),
      day: c.text("day").notNull(),
      surface: c.oneOf("surface", ["api", "ui"]).notNull(),
      /** Ids of prompt versions, and of brands. */
      promptVersions: c.json<string[]>("prompt_versions").notNull(),
      brands: c.json<string[]>("brands").notNull(),
      /** Counts of every prompt version and brand, as `matrix.ts` packs them. */
      counts: c.bytes("counts").notNull(),
      /** Which models gave how many of the answers. */
      models: c.json<{ assistantId: string; servedModel: string; answers: number }[]>("models").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.projectId, t.surface, t.day] })],
  );

  const sourceRollups = c.table(
    "source_rollups",
    {
      projectId: c.text("project_id").notNull(),
      day: c.text("day").notNull(),
      assistantId: c.text("assistant_id").notNull(),
      domain: c.text("domain").notNull(),
      /** The canonical URL; empty in the row of the whole domain. */
      url: c.text("url").notNull(),
      /** Brand id that owns it, or empty. */
      owner: c.text("owner").notNull(),
      /** Answers that cite it, and how often they do. */
      answers: c.int("answers").notNull(),
      citations: c.int("citations").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.projectId, t.day, t.assistantId, t.domain, t.url, t.owner] })],
  );

  /** Every reply of the day, also those that are no answers. */
  const outcomeRollups = c.table(
    "outcome_rollups",
    {
      projectId: c.text("project_id").notNull(),
      day: c.text("day").notNull(),
      promptVersionId: c.text("prompt_version_id").notNull(),
      assistantId: c.text("assistant_id").notNull(),
      servedModel: c.text("served_model").notNull(),
      outcome: c.oneOf("outcome", [...outcomes]).notNull(),
      replies: c.int("replies").notNull(),
      /** Sum of known costs, and replies whose cost is known. */
      costMicroUsd: c.big("cost_micro_usd").notNull(),
      priced: c.int("priced").notNull(),
      /** Replies to questions whose country and time zone could not be passed on. */
      unlocated: c.int("unlocated").notNull(),
    },
    (t) => [
      c.primaryKey({ columns: [t.projectId, t.day, t.promptVersionId, t.assistantId, t.servedModel, t.outcome] }),
    ],
  );
  return { rollups, surfaceDays, sourceRollups, outcomeRollups };
}

function workTables(c: Columns) {
  const dirtyDays = c.table(
    "dirty_days",
    {
      projectId: c.text("project_id").notNull(),
      day: c.text("day").notNull(),
      /** Changes with every write, so that a roll-up removes only the mark it has read. */
      mark: c.text("mark").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.projectId, t.day] })],
  );

  const spending = c.table(
    "spending",
    {
      /** Empty for the whole workspace. */
      projectId: c.text("project_id").notNull(),
      /** `run-<id>`, `day-<day>`, `month-<YYYY-MM>` or `total`. */
      period: c.text("period").notNull(),
      reservedMicroUsd: c.big("reserved_micro_usd").notNull(),
      spentMicroUsd: c.big("spent_micro_usd").notNull(),
    },
    (t) => [c.primaryKey({ columns: [t.projectId, t.period] })],
  );

  const jobs = c.table(
    "jobs",
    {
      key: c.text("key").primaryKey(),
      name: c.text("name").notNull(),
      lane: c.text("lane").notNull(),
      payload: c.json<unknown>("payload").notNull(),
      runAt: c.big("run_at").notNull(),
      /** Until when somebody works on it; 0 when nobody does. */
      leaseUntil: c.big("lease_until").notNull(),
      attempts: c.int("attempts").notNull(),
      /** Added again while it ran: runs once more. */
      again: c.bool("again").notNull(),
      /** Why it was given up, and when; such a job waits for a person. */
      error: c.text("error"),
      givenUpAt: c.big("given_up_at"),
    },
    (t) => [c.index("jobs_due").on(t.lane, t.runAt, t.key)],
  );

  /** How the lanes fare that are not in full health; a lane without a row is. */
  const lanes = c.table("lanes", {
    name: c.text("name").primaryKey(),
    /** Failures that speak of the provider, one after another. */
    failures: c.int("failures").notNull(),
    /** Nothing is sent before. */
    pausedUntil: c.big("paused_until").notNull(),
    /** Questions that may be under way at once while it recovers. */
    concurrency: c.int("concurrency").notNull(),
    reason: c.text("reason").notNull(),
  });

  /** Who does for all processes what only one may do. */
  const leases = c.table("leases", {
    name: c.text("name").primaryKey(),
    holder: c.text("holder").notNull(),
    until: c.big("until").notNull(),
  });

  /** What people did that cannot be seen in the data any more. */
  const audit = c.table("audit", {
    id: c.text("id").primaryKey(),
    at: c.big("at").notNull(),
    action: c.text("action").notNull(),
    subject: c.text("subject").notNull(),
    detail: c.json<Record<string, unknown>>("detail").notNull(),
  });
  return { dirtyDays, spending, jobs, lanes, leases, audit };
}

export type Tables = ReturnType<typeof defineSchema>;
