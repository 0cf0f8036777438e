/** `citera plan`: how many questions, assistants, repeats and days an interval of a wanted width takes, and its cost. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { Assistant, Project, Surface } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { PlannedMetric, Wish } from "../measures/planning.ts";
import type { Store } from "../store/index.ts";
import { chosenProject } from "./choosing.ts";
import { configFor, print, styles, withCommonOptions, type CommonOptions } from "./command.ts";
import type { ShownPlan } from "./plan-text.ts";
import { halfWidth, levelOf } from "./width.ts";

interface PlanOptions extends CommonOptions {
  width: number;
  metric: string;
  level: number;
  days: number;
  surface?: Surface;
  json?: boolean;
}

export const plan = withCommonOptions(new Command("plan"))
  .description("say how much to ask for an interval of a wanted width, and what it costs")
  .argument("[project]", "which project, where the database holds several")
  .requiredOption("--width <points>", "half the width: 5pp is five percentage points up and down", halfWidth)
  .option("--metric <id>", "visibility or citation-rate", "visibility")
  .option("--level <share>", "how sure the interval is to be", levelOf, 0.95)
  .option("--days <number>", "most days whose answers go into one number", wholeDays, 28)
  .addOption(
    new Option("--surface <surface>", "assistants of APIs or of apps (default: api, if any)").choices(["api", "ui"]),
  )
  .option("--json", "as JSON")
  .addHelpText(
    "after",
    "\nExamples:\n  citera plan --width 5pp\n  citera plan --width 3pp --days 7 --metric citation-rate\n  citera plan acme --width 5pp --json",
  )
  .action(async (key: string | undefined, options: PlanOptions) => {
    const config = configFor(options);
    const { listProjects, openStoreReadOnly } = await import("../store/index.ts");
    const { planned } = await import("../measures/planning.ts");
    const metric = planned.find((id) => id === options.metric);
    if (!metric)
      throw new InputError(
        `--metric ${options.metric.slice(0, 40)}: plans are made for ${planned.join(" and ")}, in which every answer counts`,
      );
    const store = await openStoreReadOnly(config.databaseUrl);
    try {
      const project = chosenProject(await listProjects(store.read), key);
      const shown = await planFor(store, project, metric, options);
      const { planData, planText } = await import("./plan-text.ts");
      if (options.json) return print(JSON.stringify(planData(shown), null, 2));
      for (const line of planText(shown, config.language, styles(config.colour))) print(line);
    } finally {
      await store.close();
    }
  });

async function planFor(
  store: Store,
  project: Project,
  metric: PlannedMetric,
  { width, level, days: mostDays, surface }: PlanOptions,
): Promise<ShownPlan> {
  const { estimateCosts } = await import("../jobs/index.ts");
  const { planBasis, planWays } = await import("../measures/planning.ts");
  const { listPrompts } = await import("../store/index.ts");
  const prompts = (await listPrompts(store.read, project.id)).length;
  const assistants = await plannedAssistants(store, project, metric, surface);
  const used = assistants[0]!.surface;
  const basis = await planBasis(store.read, project, { metric, surface: used, assistants });
  const wish: Wish = { width, level, mostDays };
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  const costs = await estimateCosts({ store, clock }, project, assistants);
  const unpriced = assistants.filter(({ id }) => !costs.has(id)).map(({ title }) => title);
  return {
    ...{ project, metric, wish, basis, unpriced },
    plan: planWays(wish, basis, { prompts, assistants: assistants.length, repeats: project.repeats }),
    costOfOne:
      unpriced.length === assistants.length ? null : assistants.reduce((sum, { id }) => sum + (costs.get(id) ?? 0), 0),
  };
}

/** Those that are asked, of one surface, and that search where the metric is about citations. Throws InputError. */
async function plannedAssistants(
  store: Store,
  project: Project,
  metric: PlannedMetric,
  surface: Surface | undefined,
): Promise<Assistant[]> {
  const { assistants: adapters } = await import("../assistants/index.ts");
  const { listAssistants } = await import("../store/index.ts");
  const asked = (await listAssistants(store.read, project.id)).filter(
    ({ adapter, search }) =>
      adapters.find(({ id }) => id === adapter)?.collected !== true && (metric !== "citation-rate" || search),
  );
  const wanted = surface ?? (asked.some((assistant) => assistant.surface === "api") ? "api" : "ui");
  const those = asked.filter((assistant) => assistant.surface === wanted);
  if (those.length === 0)
    throw new InputError(
      `no assistant of ${project.key} is asked${surface ? ` on ${surface}` : ""}${metric === "citation-rate" ? " with search on" : ""}: there is nothing to plan`,
    );
  return those;
}

function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 366)
    throw new InvalidArgumentError("must be a whole number from 1 to 366");
  return days;
}
