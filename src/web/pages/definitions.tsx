/** The page that says of every metric what it is, of what it is a part, and where its formula comes from. */
import { html } from "hono/html";
import type { UiLanguage } from "../../domain.ts";
import { allMetrics, definitionWords, metrics } from "../../measures/measures.ts";
import { words } from "../../words/index.ts";

/** Where a metric is explained. */
export const definitionUrl = (id: string, language: UiLanguage): string => `/definitions?lang=${language}#${id}`;

export const definitionsHtml = (language: UiLanguage, styleUrl: string) => {
  const { title, denominator, unit, units, source, beside, later } = definitionWords[language];
  const titleOf = (id: string) => allMetrics.find((metric) => metric.id === id)!.title[language];
  const shown = new Set(metrics.map(({ id }) => id));
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Citera`}</title>
        <link rel="stylesheet" href={styleUrl} />
      </head>
      <body>
        <header>
          <p class="product">Citera</p>
          <h1>{title}</h1>
          <nav>
            <a href={`/?lang=${language}`}>{words[language].pageTitle}</a>
          </nav>
        </header>
        <main>
          {allMetrics.map((metric) => (
            <section id={metric.id}>
              <h2>{metric.title[language]}</h2>
              <p>
                {metric.definition[language]}. {!shown.has(metric.id) && later}
              </p>
              <p class="basis">
                {denominator}: {metric.denominator[language]} · {unit}: {units[metric.unit]}
                {"beside" in metric && ` · ${beside}: ${titleOf(metric.beside)}`} · {source}: {metric.source}
              </p>
            </section>
          ))}
        </main>
      </body>
    </html>
  );
  return html`<!doctype html>${page}`;
};
