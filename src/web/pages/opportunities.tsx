/** The part of the report's page about where the own brand is not there: questions on which rivals are ahead, and answers. */
import type { UiLanguage } from "../../domain.ts";
import { titleIn, type MissingAnswer, type Report, type ShownOpportunity } from "../../measures/report.ts";
import { words } from "../../words/index.ts";
import { shownGap } from "../../words/numbers.ts";
import { shownOwner } from "../../words/owners.ts";
import { HeadingRow, Section } from "./section.tsx";

interface View {
  report: Report;
  language: UiLanguage;
}

/** Questions with a sure gap, each with its counts, its sources and an answer; or why there are none. */
export const OpportunityList = ({ report, language }: View) => {
  const { opportunitiesTitle, opportunitiesFound, opportunitiesNote, noOpportunity, locale } = words[language];
  const { listed, found, compared, why } = report.opportunities;
  const lead = (
    <>
      <p>{opportunitiesFound(found.toLocaleString(locale), compared.toLocaleString(locale))}</p>
      <p class="basis">{opportunitiesNote}</p>
    </>
  );
  return (
    <Section title={opportunitiesTitle} surface={report.surface} lead={why === null && lead}>
      {why !== null && <p>{noOpportunity[why]}</p>}
      {listed.map((one) => (
        <article>
          <OpportunityView report={report} language={language} one={one} />
        </article>
      ))}
    </Section>
  );
};

const OpportunityView = ({ report, language, one }: View & { one: ShownOpportunity }) => {
  const wording = words[language];
  const { prompt, answers, ownPresent, rival, others, answerIds, example } = one;
  const number = (count: number) => count.toLocaleString(wording.locale);
  const nameOf = (brandId: string) => report.brands.find(({ id }) => id === brandId)!.name;
  const of = (some: number) => wording.of(number(some), number(answers));
  return (
    <>
      <h3>{prompt.text}</h3>
      <p class="basis">
        {wording.phases[prompt.phase]}
        {prompt.topic !== null && ` · ${prompt.topic}`}
      </p>
      <p>
        <strong>{shownGap(rival.gap, language)}</strong> · {wording.present(nameOf(rival.brandId), of(rival.present))} ·{" "}
        {wording.present(nameOf(ownBrand(report).id), of(ownPresent))}
      </p>
      {others.map(({ brandId, present, gap }) => (
        <p class="basis">
          {wording.alsoAhead}: {wording.present(nameOf(brandId), of(present))}, {shownGap(gap, language)}
        </p>
      ))}
      <AssistantCounts report={report} language={language} one={one} />
      {one.sources.length > 0 && <p class="basis">{wording.gapSources(number(answerIds.length))}</p>}
      {one.sources.length > 0 && <SourceCounts report={report} language={language} one={one} />}
      {example && <Example answer={example} language={language} />}
    </>
  );
};

/** There is no opportunity without one. */
const ownBrand = ({ brands }: Report) => brands.find(({ role }) => role === "own")!;

const AssistantCounts = ({ report, language, one }: View & { one: ShownOpportunity }) => {
  const wording = words[language];
  const rival = report.brands.find(({ id }) => id === one.rival.brandId)!;
  const of = (some: number, all: number) =>
    wording.of(some.toLocaleString(wording.locale), all.toLocaleString(wording.locale));
  const titleOf = (id: string) =>
    titleIn(report, report.assistants.find(({ assistant }) => assistant.id === id)!.assistant);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{wording.assistant}</th>
          <th scope="col">{rival.name}</th>
          <th scope="col">
            {ownBrand(report).name} <span class="tag">{wording.own}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {one.assistants.map(({ assistantId, answers, ownPresent, rivalPresent }) => (
          <tr>
            <th scope="row">{titleOf(assistantId)}</th>
            <td class="number">{of(rivalPresent, answers)}</td>
            <td class="number">{of(ownPresent, answers)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const SourceCounts = ({ report, language, one }: View & { one: ShownOpportunity }) => {
  const wording = words[language];
  const heading = [wording.source, wording.owner, wording.answersTitle, wording.aboutRivals, wording.page];
  return (
    <table>
      <HeadingRow heading={heading} />
      <tbody>
        {one.sources.map(({ domain, ownerBrandId, answers, naming, url, title }) => (
          <tr>
            <th scope="row">{domain}</th>
            <td>{shownOwner(report.brands, ownerBrandId, language)}</td>
            <td class="number">{answers.toLocaleString(wording.locale)}</td>
            <td class="number">{naming.toLocaleString(wording.locale)}</td>
            <td>
              {title}
              <span class="basis address">{url}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Answers that name rivals but not the own brand. */
export const MissingList = ({ report, language }: View) => (
  <Section title={words[language].missingTitle} surface={report.surface}>
    {report.missing.length === 0 ? <p>{words[language].none}</p> : null}
    {report.missing.map((answer) => (
      <article>
        <h3>{answer.question}</h3>
        <Example answer={answer} language={language} />
      </article>
    ))}
  </Section>
);

const Example = ({ answer, language }: { answer: MissingAnswer; language: UiLanguage }) => {
  const wording = words[language];
  return (
    <>
      <p class="basis">
        {answer.day} · {answer.assistant}
        {answer.rivals.length > 0 && ` · ${wording.named}: ${answer.rivals.join(", ")}`}
        {answer.unlocated && ` · ${wording.locationNotApplied}`}
      </p>
      <blockquote>{answer.excerpt}</blockquote>
    </>
  );
};
