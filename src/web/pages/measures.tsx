/** The part of the report's page with each brand's measures: what they are, what changed, and trends. */
import type { Measure, UiLanguage } from "../../domain.ts";
import { furtherMetrics, headlines, type CountMetric } from "../../measures/measures.ts";
import type { Report } from "../../measures/report.ts";
import { words } from "../../words/index.ts";
import { measureWords, shownChange, shownIn, shownUncertainty } from "../../words/measures.ts";
import { shownBasis, shownMeasure } from "../../words/numbers.ts";
import { definitionUrl } from "./definitions.tsx";
import { Section } from "./section.tsx";

interface View {
  report: Report;
  language: UiLanguage;
}

/** A value, what it rests on, and what it changed by where there is an earlier period. */
export const MeasureCell = ({
  measure,
  change,
  shown,
  language,
}: {
  measure: Measure;
  change?: Measure | undefined;
  /** Where the value is not a share. */
  shown?: string;
  language: UiLanguage;
}) => (
  <td class="number">
    <span class="value">{shown ?? shownMeasure(measure, language)}</span>
    <span class="basis">{shownBasis(measure, language)}</span>
    {change && <span class="change">{shownChange(change, language)}</span>}
  </td>
);

export const BrandHeading = ({ report, language, brandId }: View & { brandId: string }) => {
  const brand = report.brands.find(({ id }) => id === brandId);
  return (
    <th scope="row">
      {brand?.name} {brand?.role === "own" && <span class="tag">{words[language].own}</span>}
    </th>
  );
};

const MetricHeading = ({
  metric,
  scope,
  language,
}: {
  metric: CountMetric;
  scope: "col" | "row";
  language: UiLanguage;
}) => (
  <th scope={scope} title={`${metric.definition[language]} (${metric.denominator[language]})`}>
    <a href={definitionUrl(metric.id, language)}>{metric.title[language]}</a>
  </th>
);

export const BrandsTable = ({ report, language }: View) => {
  const { comparedTo } = report;
  const explained = [
    comparedTo && measureWords[language].comparedTo(comparedTo.from, comparedTo.to),
    shownUncertainty(report.overall[0], language),
  ].filter((one) => one !== null);
  return (
    <Section
      title={words[language].measuresTitle}
      surface={report.surface}
      lead={explained.map((one) => (
        <p class="basis">{one}</p>
      ))}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{words[language].brand}</th>
            {headlines.map((metric) => (
              <MetricHeading metric={metric} scope="col" language={language} />
            ))}
          </tr>
        </thead>
        <tbody>
          {report.overall.map((row) => (
            <tr>
              <BrandHeading report={report} language={language} brandId={row.brandId} />
              {headlines.map(({ id }) => (
                <MeasureCell measure={row.measures[id]!} change={row.changes?.[id]} language={language} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
};

/** A row per further metric that says something of any brand. */
export const FurtherTable = ({ report, language }: View) => {
  const further = furtherMetrics(report.overall);
  if (further.length === 0) return null;
  return (
    <Section title={measureWords[language].furtherTitle} surface={report.surface}>
      <table>
        <thead>
          <tr>
            <td />
            {report.overall.map(({ brandId }) => (
              <th scope="col">{report.brands.find(({ id }) => id === brandId)?.name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {further.map((metric) => (
            <tr>
              <MetricHeading metric={metric} scope="row" language={language} />
              {report.overall.map(({ measures }) => {
                const measure = measures[metric.id]!;
                return (
                  <MeasureCell measure={measure} shown={shownIn(metric.unit, measure, language)} language={language} />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
};

export const TrendList = ({ report, language }: View) =>
  report.trends.length > 0 && (
    <Section title={measureWords[language].trendTitle} surface={report.surface}>
      <ul>
        {report.trends.map(({ brandId, said }) => (
          <li>
            {report.brands.find(({ id }) => id === brandId)?.name}: {said[language]}
          </li>
        ))}
      </ul>
    </Section>
  );
