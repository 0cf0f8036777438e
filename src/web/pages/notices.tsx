/** What a reader should know before the numbers: whom the report is about, and who needs attention. */
import { changeable } from "../../assistants/assistant.ts";
import { assistants } from "../../assistants/index.ts";
import type { Assistant, Failure, UiLanguage } from "../../domain.ts";
import type { Report } from "../../measures/report.ts";
import { upcoming } from "../../schedule/groups.ts";
import { failureSentence, inProjectFile } from "../../words/failures.ts";
import { words } from "../../words/index.ts";
import { shownSchedule } from "../../words/schedule.ts";

function sentenceAbout({ key, adapter, model, settings }: Assistant, failure: Failure, language: UiLanguage): string {
  const known = assistants.find(({ id }) => id === adapter);
  const facts = known ? changeable(known, settings) : { variables: [], settings: [], given: [] };
  return failureSentence(failure, { ...facts, model, place: inProjectFile(key, language) }, language);
}

export function Notices({ report, language }: { report: Report; language: UiLanguage }) {
  const wording = words[language];
  const now = Date.now();
  return (
    <>
      <p>
        {wording.period(report.from, report.to)}. {wording.intervalNote}
      </p>
      {shownSchedule(report.project, upcoming(report.project, now), now, language).map((line) => (
        <p>{line}</p>
      ))}
      {report.answersElsewhere > 0 && (
        <p>{wording.oneSurface[report.surface](report.answersElsewhere.toLocaleString(wording.locale))}.</p>
      )}
      {report.attention.map(({ assistant, failure }) => (
        <p class="notice">{wording.attention(assistant.title, sentenceAbout(assistant, failure, language))}</p>
      ))}
      {report.rereading && <p class="notice">{wording.rereading}</p>}
    </>
  );
}
