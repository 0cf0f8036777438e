/** Reads history again after brands or the parser changed: new beside old, switched at the end. */
import type { NewJob } from "../queue/queue.ts";
import {
  getProject,
  listUnread,
  newestReading,
  removeOldFindings,
  saveFindings,
  switchReading,
  type Found,
} from "../store/index.ts";
import type { House } from "./job.ts";
import { readAnswer, readerOf } from "./parse.ts";

/** Answers read between two looks at the signal; memory does not grow with history. */
const pageSize = 200;

export const reparseJob = (projectId: string): NewJob => ({
  name: "reparse",
  key: `reparse-${projectId}`,
  lane: "reparse",
  payload: { projectId },
});

/** Goes on where it stopped: answers already read with the newest reading are not read again. */
export async function reparse(house: House, { projectId }: { projectId: string }, signal: AbortSignal): Promise<void> {
  const { store } = house;
  if (!(await newestReading(store.read, projectId))) return; // its project is gone
  const reader = await readerOf(house, projectId);
  let after = "";
  for (;;) {
    signal.throwIfAborted();
    const page = await listUnread(store.read, projectId, reader.reading.number, after, pageSize);
    if (page.length === 0) break;
    await store.tx(async (tx) => {
      const found: Found[] = [];
      for (const answer of page) found.push({ answer, findings: (await readAnswer(tx, answer, reader)).findings });
      await saveFindings(tx, found, reader.reading.number, reader.brands);
    });
    after = page.at(-1)!.id;
  }
  await store.tx((tx) => switchReading(tx, projectId, reader.reading.number));
  const project = await getProject(store.read, projectId);
  while (!signal.aborted && (await store.tx((tx) => removeOldFindings(tx, project, pageSize))) > 0);
  house.log.info({ project: project.key, reading: reader.reading.number }, "history was read again");
}
