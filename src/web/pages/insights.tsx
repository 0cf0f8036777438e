/** The part of the report's page about what findings say beside the measures. */
import type { Child } from "hono/jsx";
import type { Surface, UiLanguage } from "../../domain.ts";
import type { Report } from "../../measures/report.ts";
import { words } from "../../words/index.ts";
import { HeadingRow, Section } from "./section.tsx";

/** Brands named and cited, types of sources, and names ranked that nobody tracks; each count says of how many answers. */
export const InsightSections = ({ report, language }: { report: Report; language: UiLanguage }) => {
  const wording = words[language];
  const { from, answers, citing, ranked, brands, sourceTypes, candidates } = report.insights;
  const since = from === report.from ? null : from;
  const number = (count: number) => count.toLocaleString(wording.locale);
  const of = (some: number, all: number) => wording.of(number(some), number(all));
  const nameOf = (brandId: string) => report.brands.find(({ id }) => id === brandId)?.name ?? "";
  return (
    <>
      <Counts
        surface={report.surface}
        title={wording.insightsTitle}
        heading={[wording.brand, wording.ghosts, wording.uncited, wording.denied, wording.toReview]}
        rows={brands.map((brand) => [
          nameOf(brand.brandId),
          of(brand.ghosts, brand.cited),
          of(brand.uncited, brand.namedAmongCitations),
          of(brand.denied, answers),
          of(brand.uncertain, answers),
        ])}
        none={wording.none}
        lead={<p class="basis">{wording.insightsNote(number(answers), since)}</p>}
      />
      <Counts
        surface={report.surface}
        title={wording.sourceTypesTitle(number(citing))}
        heading={[wording.sourceType, wording.answersTitle, wording.citations]}
        rows={sourceTypes.map((row) => [wording.sourceTypes[row.type], of(row.answers, citing), number(row.citations)])}
        none={wording.none}
      />
      <Counts
        surface={report.surface}
        title={wording.candidatesTitle(number(ranked))}
        heading={[wording.name, wording.answersTitle]}
        rows={candidates.map((row) => [row.name, of(row.answers, ranked)])}
        none={wording.none}
      />
    </>
  );
};

interface CountsProps {
  title: string;
  surface: Surface;
  heading: string[];
  rows: string[][];
  none: string;
  lead?: Child;
}

const Counts = ({ title, surface, heading, rows, none, lead }: CountsProps) => (
  <Section title={title} surface={surface} lead={lead}>
    {rows.length === 0 ? (
      <p>{none}</p>
    ) : (
      <table>
        <HeadingRow heading={heading} />
        <tbody>
          {rows.map(([name, ...counts]) => (
            <tr>
              <th scope="row">{name}</th>
              {counts.map((count) => (
                <td class="number">{count}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </Section>
);
