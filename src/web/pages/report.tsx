/** The first page: the report of each project's last four weeks. */
import { html } from "hono/html";
import { assistants } from "../../assistants/index.ts";
import type { Surface, UiLanguage } from "../../domain.ts";
import { isMixed, makeReport, phaseOrder, shownSurface, titleIn, type Report } from "../../measures/report.ts";
import type { MeasureRow } from "../../measures/measures.ts";
import { listAllAssistants, listProjects, type Db } from "../../store/index.ts";
import { shownBreak } from "../../words/breaks.ts";
import { words } from "../../words/index.ts";
import { shownCosts, shownUnlocated } from "../../words/numbers.ts";
import { shownOwner } from "../../words/owners.ts";
import { InsightSections } from "./insights.tsx";
import { BrandHeading, BrandsTable, FurtherTable, MeasureCell, TrendList } from "./measures.tsx";
import { Navigation, SurfaceSwitch } from "./navigation.tsx";
import { Notices } from "./notices.tsx";
import { MissingList, OpportunityList } from "./opportunities.tsx";
import { HeadingRow, Section } from "./section.tsx";

const days = 28;

/** What the reader has chosen by the page's address. */
export interface Chosen {
  language: UiLanguage;
  project?: string | undefined;
  surface?: Surface | undefined;
}

/** The whole page, found or not. Everything from answers is text, never markup. */
export async function reportPage(db: Db, { language, project: key, surface }: Chosen, styleUrl: string) {
  const projects = await listProjects(db);
  const project = key === undefined ? projects[0] : projects.find((candidate) => candidate.key === key);
  const report = project ? await makeReport(db, project, { days, surface }) : null;
  const known = new Set(project && (await listAllAssistants(db, project.id)).map((assistant) => assistant.surface));
  const wording = words[language];
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${project ? `${project.name} · ` : ""}Citera`}</title>
        <link rel="stylesheet" href={styleUrl} />
      </head>
      <body>
        <header>
          <p class="product">Citera</p>
          <h1>{project?.name ?? wording.pageTitle}</h1>
          <p>{wording.pageLead}</p>
          <Navigation projects={projects} project={project} language={language} surface={surface} />
        </header>
        <main>
          {known.size > 1 && (
            <SurfaceSwitch project={project} language={language} shown={report?.surface ?? surface ?? "api"} />
          )}
          {report ? (
            <ReportView report={report} language={language} />
          ) : (
            <p>{project ? wording.noAnswersYet : projects.length ? wording.noSuchProject : wording.noProjects}</p>
          )}
        </main>
      </body>
    </html>
  );
  return { found: project !== undefined || key === undefined, body: html`<!doctype html>${page}` };
}

interface View {
  report: Report;
  language: UiLanguage;
}

const ReportView = ({ report, language }: View) => (
  <>
    <Notices report={report} language={language} />
    <BrandsTable report={report} language={language} />
    <FurtherTable report={report} language={language} />
    <TrendList report={report} language={language} />
    <SplitTable
      report={report}
      language={language}
      title={words[language].byAssistantTitle}
      surface={isMixed(report) ? undefined : report.surface}
      columns={assistantColumns(report)}
      rows={report.byAssistant}
    />
    <SplitTable
      report={report}
      language={language}
      title={words[language].byPhaseTitle}
      surface={report.surface}
      columns={phaseColumns(language)}
      rows={report.byPhase}
    />
    <AssistantsTable report={report} language={language} />
    <BreaksList report={report} language={language} />
    <SourcesTable report={report} language={language} />
    <InsightSections report={report} language={language} />
    <OpportunityList report={report} language={language} />
    <MissingList report={report} language={language} />
  </>
);

const BreaksList = ({ report: { breaks, surface }, language }: View) =>
  breaks.length > 0 && (
    <Section title={words[language].breaksTitle} surface={surface}>
      <ul>
        {breaks.map((one) => (
          <li>{shownBreak(one, language)}</li>
        ))}
      </ul>
    </Section>
  );

interface Column {
  title: string;
  holds(row: MeasureRow): boolean;
}

const assistantColumns = (report: Report): Column[] =>
  report.assistants.map(({ assistant }) => ({
    title: titleIn(report, assistant),
    holds: (row) => row.split.assistant === assistant.id,
  }));
const phaseColumns = (language: UiLanguage): Column[] =>
  phaseOrder.map((phase) => ({ title: words[language].phases[phase], holds: (row) => row.split.phase === phase }));

const SplitTable = ({
  report,
  language,
  title,
  surface,
  columns,
  rows,
}: View & { title: string; surface: Surface | undefined; columns: Column[]; rows: MeasureRow[] }) => (
  <Section title={title} surface={surface}>
    <table>
      <thead>
        <tr>
          <th scope="col">{words[language].brand}</th>
          {columns.map((column) => (
            <th scope="col">{column.title}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.brands.map((brand) => (
          <tr>
            <BrandHeading report={report} language={language} brandId={brand.id} />
            {columns.map((column) => {
              const row = rows.find((candidate) => candidate.brandId === brand.id && column.holds(candidate));
              return row ? (
                <MeasureCell measure={row.measures["visibility"]!} language={language} />
              ) : (
                <td class="number">{words[language].nothing}</td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </Section>
);

/** What of a question's place an adapter passes on. */
const takenBy = (adapter: string) => assistants.find(({ id }) => id === adapter)?.location ?? [];

const Basis = ({ children }: { children: string | null }) =>
  children === null ? null : <span class="basis">{children}</span>;

const AssistantsTable = ({ report, language }: View) => {
  const wording = words[language];
  return (
    <Section title={wording.assistantsTitle}>
      <table>
        <HeadingRow heading={[wording.assistant, wording.model, wording.answersTitle, wording.cost]} />
        <tbody>
          {report.assistants.map(({ assistant, servedModels, outcomes, costMicroUsd, unpriced, unlocated }) => (
            <tr>
              <th scope="row">
                {assistant.title} <span class="tag">{shownSurface(assistant.surface)}</span>
                <Basis>{shownUnlocated({ unlocated, outcomes }, takenBy(assistant.adapter), language)}</Basis>
              </th>
              <td>{servedModels.join(", ") || wording.unknown}</td>
              <td>
                {Object.entries(outcomes)
                  .map(([outcome, count]) => `${count} ${wording.outcome[outcome as keyof typeof wording.outcome]}`)
                  .join(", ")}
              </td>
              <td class="number">{shownCosts({ costMicroUsd, unpriced }, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
};

const SourcesTable = ({ report, language }: View) => {
  const wording = words[language];
  return (
    <Section title={wording.sourcesTitle} surface={report.surface}>
      <table>
        <HeadingRow heading={[wording.source, wording.owner, wording.answersTitle, wording.citations]} />
        <tbody>
          {report.sources.map((source) => (
            <tr>
              <th scope="row">{source.domain}</th>
              <td>{shownOwner(report.brands, source.ownerBrandId, language)}</td>
              <td class="number">{source.answers}</td>
              <td class="number">{source.citations}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
};
