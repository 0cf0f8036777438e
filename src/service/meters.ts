/** Counts what happens in this process and says it in Prometheus' text format; the only user of its client. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Notes } from "../jobs/index.ts";
import type { LaneDepth } from "../queue/queue.ts";

/** Several who scrape at a time cost the database one look. */
const depthsKeptMs = 5_000;

export interface Meters {
  notes: Notes;
  /** Everything counted until now; `depths` is asked for the queue, which is left out when it cannot tell. */
  text: (depths: () => Promise<LaneDepth[]>) => Promise<string>;
}

/** Labels are adapters, outcomes, jobs and lanes: names of ours, of which there are few, and never a secret. */
export function makeMeters(now: () => number = Date.now): Meters {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { show, hide } = queueGauges(registry);
  let looked = -Infinity;
  const look = async (depths: () => Promise<LaneDepth[]>) => {
    if (now() - looked < depthsKeptMs) return;
    hide();
    show(await depths());
    looked = now();
  };
  return {
    notes: notesIn(registry),
    text: async (depths) => {
      // a process whose queue is lost still tells of itself; readiness says why
      await look(depths).catch(() => undefined);
      return registry.metrics();
    },
  };
}

/** Times come in milliseconds and go out in seconds, money comes in micro-USD and goes out in USD. */
function notesIn(registry: Registry): Notes {
  const registers = [registry];
  const labelled = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name: `citera_${name}`, help, labelNames, registers });
  const questions = labelled("questions_total", "Questions that came to an end", "adapter", "outcome");
  const cost = labelled("cost_usd_total", "Known cost of answers in USD", "adapter");
  const waits = labelled("rate_limit_waits_total", "Times a provider's limit made questions wait", "adapter");
  const waited = labelled("rate_limit_wait_seconds_total", "How long they were told to wait", "adapter");
  const answers = new Histogram({
    name: "citera_answer_seconds",
    help: "From sending a question to its whole answer",
    labelNames: ["adapter"],
    buckets: [0.5, 1, 2, 5, 10, 20, 40, 80, 160, 300],
    registers,
  });
  const parsing = new Histogram({
    name: "citera_parser_seconds",
    help: "Reading one answer with the parser",
    buckets: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
    registers,
  });
  const jobs = new Histogram({
    name: "citera_job_seconds",
    help: "One piece of work on a job, by how it ended; later ones are worked on again",
    labelNames: ["job", "end"],
    buckets: [0.01, 0.1, 1, 10, 100],
    registers,
  });
  return {
    ended: (adapter, outcome, tookMs, costMicroUsd) => {
      questions.inc({ adapter, outcome });
      if (tookMs !== null) answers.observe({ adapter }, tookMs / 1000);
      if (costMicroUsd !== null) cost.inc({ adapter }, costMicroUsd / 1_000_000);
    },
    waits: (adapter, ms) => {
      waits.inc({ adapter });
      waited.inc({ adapter }, ms / 1000);
    },
    parsed: (ms) => parsing.observe(ms / 1000),
    worked: (job, end, ms) => jobs.observe({ job, end }, ms / 1000),
  };
}

function queueGauges(registry: Registry): { show: (depths: LaneDepth[]) => void; hide: () => void } {
  const registers = [registry];
  const jobs = new Gauge({
    name: "citera_queue_jobs",
    help: "Jobs in the queue of all processes, by lane and state",
    labelNames: ["lane", "state"],
    registers,
  });
  const oldest = new Gauge({
    name: "citera_queue_oldest_seconds",
    help: "For how long the first job that waits has been due",
    labelNames: ["lane"],
    registers,
  });
  return {
    hide: () => {
      jobs.reset();
      oldest.reset();
    },
    show: (depths) => {
      for (const { lane, waiting, delayed, underWay, setAside, oldestMs } of depths) {
        jobs.set({ lane, state: "waiting" }, waiting);
        jobs.set({ lane, state: "delayed" }, delayed);
        jobs.set({ lane, state: "under_way" }, underWay);
        jobs.set({ lane, state: "set_aside" }, setAside);
        oldest.set({ lane }, (oldestMs ?? 0) / 1000);
      }
    },
  };
}
