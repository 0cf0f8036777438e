/** A project as the file it would be applied from: the way back of config/project-file.ts. */
import { stringify } from "yaml";
import type { AssistantAdapter } from "../assistants/assistant.ts";
import type { Budget, Matching, Price, ProjectDefinition, PromptGroup, QuietDays, Schedule } from "../domain.ts";

type Entry = Record<string, unknown>;

/** The file's text. What is as it is when nobody says so is left out. Secrets are the names that the store holds. */
export function projectFile(definition: ProjectDefinition, adapters: AssistantAdapter[]): string {
  const { key, name, brands, prompts, assistants, budget, keep } = definition;
  const own = brands.find(({ role }) => role === "own");
  const file = withoutEmpty({
    project: name,
    id: key,
    languages: definition.languages,
    country: definition.country,
    timezone: definition.timezone,
    schedule: definition.schedule && scheduleEntry(definition.schedule),
    groups: definition.groups.map(groupEntry),
    quiet: definition.quiet.map(quietEntry),
    repeats: definition.repeats === 1 ? null : definition.repeats,
    budget: budgetEntry(budget),
    keep: withoutEmpty({ raw: keep.rawDays, answers: keep.answerDays }),
    prices: definition.prices.map(priceEntry),
    alerts: definition.alerts,
    brand: own && brandEntry(own),
    competitors: brands.filter(({ role }) => role === "competitor").map(brandEntry),
    assistants: assistants.map((assistant) => assistantEntry(assistant, adapters)),
    prompts: prompts.map(promptEntry),
  });
  return [...notes(definition, adapters).map((line) => `# ${line}\n`), stringify(file, { lineWidth: 0 })].join("");
}

/** What the file cannot say, or does not need to. */
function notes({ prices, assistants }: ProjectDefinition, adapters: AssistantAdapter[]): string[] {
  const unknown = assistants.filter(({ adapter }) => !adapters.some(({ id }) => id === adapter));
  return [
    "Written by `citera export`. Archived prompts, brands and assistants are not in it; question sets stand as questions.",
    ...unknown.map(({ key, adapter }) => `Assistant ${key}: this version of Citera knows no adapter ${adapter}.`),
    ...prices
      .filter(({ longPrompt }) => longPrompt)
      .map(({ model }) => `The price of ${model} for long prompts cannot be written here.`),
  ];
}

function withoutEmpty(entry: Entry): Entry {
  const isEmpty = (value: unknown) =>
    value === null ||
    value === undefined ||
    value === false ||
    (typeof value === "object" && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => !isEmpty(value)));
}

/** A brand's id is its name where the file says no other. */
const brandEntry = ({ key, name, aliases, domains, products, matching, facts }: ProjectDefinition["brands"][number]) =>
  withoutEmpty({
    id: key === name ? null : key,
    ...{ name, aliases, domains, products },
    matching: matchingEntry(matching),
    facts: facts.map(({ id, statement, since }) => withoutEmpty({ id, statement, since })),
  });

const matchingEntry = ({ commonWord, ...rest }: Matching) =>
  withoutEmpty({ ...rest, commonWord: commonWord === "auto" ? null : commonWord });

/** Whether a question names the brand is said in any case: it may have been decided by a name that has changed since. */
const promptEntry = ({ key, branded, text, language, phase, ...labels }: ProjectDefinition["prompts"][number]) => ({
  ...{ id: key, text, language, phase },
  ...withoutEmpty(labels),
  branded,
});

function assistantEntry(assistant: ProjectDefinition["assistants"][number], adapters: AssistantAdapter[]) {
  const { key, title, adapter, model, search, concurrency, requestsPerMinute, settings } = assistant;
  const usual = adapters.find(({ id }) => id === adapter);
  return {
    ...{ id: key, ...(title !== key && { title }), adapter, model },
    ...(search !== usual?.search && { search }),
    ...(concurrency !== usual?.concurrency && { concurrency }),
    ...withoutEmpty({ requestsPerMinute, settings }),
  };
}

const usd = (microUsd: number | null | undefined) =>
  microUsd === null || microUsd === undefined ? null : microUsd / 1e6;

const budgetEntry = (budget: Budget) =>
  withoutEmpty({
    perRun: usd(budget.perRunMicroUsd),
    perDay: usd(budget.perDayMicroUsd),
    perMonth: usd(budget.perMonthMicroUsd),
    total: usd(budget.totalMicroUsd),
  });

const priceEntry = (price: Price) => withoutEmpty({ ...price, longPrompt: null });

/** Several expressions come from days of the week at times of different minutes. */
function scheduleEntry({ cron, also }: Schedule) {
  if (!also) return { cron };
  const at = [cron, ...also].flatMap((expression) => {
    const [minute, hours] = expression.split(" ") as [string, string];
    return hours.split(",").map((hour) => `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`);
  });
  return { days: cron.split(" ").at(-1)!.split(","), at };
}

const groupEntry = ({ key, schedule, prompts: { keys, ...labels } }: PromptGroup) => ({
  id: key,
  schedule: scheduleEntry(schedule),
  prompts: { ...(keys && { ids: keys }), ...labels },
});

const quietEntry = ({ from, to }: QuietDays) => (from === to ? from : `${from}..${to}`);
