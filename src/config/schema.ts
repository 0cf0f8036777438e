/** The shape of the project file, as zod reads it. */
import { z } from "zod";

const nonEmpty = z.string().trim().min(1, "must not be empty");
const names = z.array(nonEmpty).default([]);
const key = nonEmpty.regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, "may hold letters, digits, `.`, `_` and `-`");
const day = z.iso.date("must be a day such as 2026-01-31");
const usd = z.number().positive("must be more than 0 (USD)").nullable().default(null);

const matching = z.strictObject({
  caseSensitive: z.boolean().default(false),
  exclude: names,
  require: names,
  commonWord: z.enum(["auto", "yes", "no"]).default("auto"),
});

const fact = z.strictObject({ id: key, statement: nonEmpty, since: day.nullable().default(null) });

export const brandSchema = z.strictObject({
  id: key.optional(),
  name: nonEmpty,
  aliases: names,
  domains: z
    .array(nonEmpty.regex(/^[^\s/:@]+\.[^\s/:@]+$/, "must be a domain such as acme.com, without https:// and path"))
    .default([]),
  products: names,
  matching: matching.prefault({}),
  facts: z.array(fact).default([]),
});

const phase = z.enum(["awareness", "consideration", "purchase", "post_purchase"]);
const segment = z.enum(["b2c", "b2b"]);

/** Labels that a prompt has itself, or takes from the set it stands in. */
const labels = {
  country: nonEmpty.optional(),
  segment: segment.optional(),
  role: nonEmpty.optional(),
  topic: nonEmpty.optional(),
  tags: names,
};

export const promptSchema = z.strictObject({
  id: key.optional(),
  text: nonEmpty.max(4000, "is longer than 4,000 characters"),
  language: nonEmpty,
  phase,
  branded: z.boolean().optional(),
  ...labels,
});

export const promptFileSchema = z.strictObject({
  file: nonEmpty,
  /** Words for the {gaps} of the set's questions. */
  fill: z.record(z.string(), nonEmpty).default({}),
  ...labels,
});

/** A file of questions: language and phase stand once for all of them. */
export const questionSetSchema = z.strictObject({
  language: nonEmpty.optional(),
  phase: phase.optional(),
  ...labels,
  questions: z.array(
    z.union(
      [nonEmpty, z.strictObject({ ...promptSchema.shape, language: nonEmpty.optional(), phase: phase.optional() })],
      { error: "must be a question: text, or fields such as `text` and `segment`" },
    ),
  ),
});

const assistantSchema = z.strictObject({
  id: key,
  title: nonEmpty.optional(),
  adapter: nonEmpty,
  model: nonEmpty,
  search: z.boolean().optional(),
  concurrency: z.int().min(1).max(100).optional(),
  requestsPerMinute: z.int().min(1).max(60_000).optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
});

const timeMessage = "must be a time such as 06:30 (in quotes)";
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, timeMessage);
const weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);

/** What divides a day, so that every day has the same times. */
const everyHours = ["1h", "2h", "3h", "4h", "6h", "8h", "12h", "24h"];
const everyMessage = `must be a number of hours that divides the day: ${everyHours.join(", ")}`;

const scheduleFields = z.strictObject({
  daily: time.optional(),
  weekly: z.strictObject({ day: weekday, at: time }).optional(),
  cron: nonEmpty.optional(),
  every: z
    .string(everyMessage)
    .regex(new RegExp(`^(?:${everyHours.join("|")})$`), everyMessage)
    .optional(),
  days: z.array(weekday).min(1, "needs at least one day, such as mon").optional(),
  at: z.union([time, z.array(time).min(1, 'needs at least one time, such as "06:00"')], timeMessage).optional(),
});
const scheduleForms = ["daily", "weekly", "cron", "every", "days"] as const;

/** Exactly one form; only `every` and `days` go with `at`. */
const scheduleSchema = z
  .record(z.string(), z.unknown())
  .refine((given) => scheduleForms.filter((form) => form in given).length === 1, {
    error:
      'must be one of `daily: "06:00"`, `weekly: { day: mon, at: "06:00" }`, `every: 6h`, ' +
      '`days: [mon, fri]` with `at: ["06:00", "18:00"]`, or `cron: "0 6 * * *"`',
  })
  .pipe(scheduleFields)
  .refine(({ days, at }) => days === undefined || at !== undefined, {
    error: 'needs `at: "06:00"` beside `days`',
  })
  .refine(
    ({ days, every, at }) => at === undefined || days !== undefined || (every !== undefined && !Array.isArray(at)),
    {
      error: "may stand beside `days`, and as one time beside `every`",
      path: ["at"],
    },
  );

const groupPromptsSchema = z
  .strictObject({
    ids: z.array(nonEmpty).exactOptional(),
    topics: z.array(nonEmpty).exactOptional(),
    tags: z.array(nonEmpty).exactOptional(),
    phases: z.array(phase).exactOptional(),
  })
  .refine((prompts) => Object.values(prompts).some((chosen) => chosen.length > 0), {
    error: "must name prompts by `ids`, `topics`, `tags` or `phases`",
  });

const groupSchema = z.strictObject({ id: key, schedule: scheduleSchema, prompts: groupPromptsSchema });

const days = z.int().min(1, "must be at least 1 (days)").nullable().default(null);
const keepSchema = z.strictObject({ raw: days, answers: days });

const price = z.strictObject({
  model: nonEmpty,
  since: day.default("2000-01-01"),
  inputPerMillionUsd: z.number().min(0),
  cachedInputPerMillionUsd: z.number().min(0).exactOptional(),
  outputPerMillionUsd: z.number().min(0),
  searchPerThousandUsd: z.number().min(0).exactOptional(),
});

/** The file; prompts and assistants are looked into one by one, so that each complaint names its own entry. */
export const projectSchema = z.strictObject({
  project: nonEmpty,
  id: key.optional(),
  languages: z.array(nonEmpty).min(1, "needs at least one language, such as sv or en"),
  country: nonEmpty.optional(),
  timezone: nonEmpty,
  brand: brandSchema,
  competitors: z.array(brandSchema).default([]),
  prompts: z
    .array(
      z.record(z.string(), z.unknown(), {
        error: "must be a question with `text`, `language` and `phase`, or `file: ...`",
      }),
    )
    .min(1, "needs at least one question"),
  assistants: z.array(assistantSchema).min(1, "needs at least one assistant"),
  schedule: scheduleSchema.optional(),
  groups: z.array(groupSchema).default([]),
  quiet: z.array(z.string('must be a day such as "2026-12-24" (in quotes)')).default([]),
  repeats: z.int().min(1).max(20).default(1),
  budget: z.strictObject({ perRun: usd, perDay: usd, perMonth: usd, total: usd }).prefault({}),
  keep: keepSchema.prefault({}),
  alerts: z.array(z.unknown()).default([]),
  prices: z.array(price).default([]),
});

export type ProjectInput = z.infer<typeof projectSchema>;
export type PromptInput = z.infer<typeof promptSchema>;
export type ScheduleInput = z.infer<typeof scheduleSchema>;
export type BrandInput = z.infer<typeof brandSchema>;

const objects: [RegExp, z.ZodObject][] = [
  [/^$/, projectSchema],
  [/^(?:brand|competitors\.\d+)$/, brandSchema],
  [/\.matching$/, matching],
  [/\.facts\.\d+$/, fact],
  [/^prompts\.\d+$/, promptSchema],
  [/^questions\.\d+$/, promptSchema],
  [/^assistants\.\d+$/, assistantSchema],
  [/^budget$/, projectSchema.shape.budget.unwrap()], // prefault wraps the object
  [/^prices\.\d+$/, price],
  [/^keep$/, keepSchema],
  [/(?:^|\.)schedule$/, scheduleFields],
  [/\.weekly$/, scheduleFields.shape.weekly.unwrap()],
  [/^groups\.\d+$/, groupSchema],
  [/^groups\.\d+\.prompts$/, groupPromptsSchema],
];

/** Names of the fields that may stand at a path, for suggestions. */
export const fieldsAt = (path: (string | number)[]): string[] => {
  const object = objects.find(([place]) => place.test(path.join(".")))?.[1];
  return object ? Object.keys(object.shape) : [];
};
