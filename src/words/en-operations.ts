/** English texts of the commands that keep the service running: runs, jobs, backups, what is deleted. */
import { counted } from "./counted.ts";

export const operations = {
  runs: {
    none: "There are no runs yet.",
    headings: {
      run: "Run",
      project: "Project",
      day: "Day",
      due: "Due",
      purpose: "Purpose",
      group: "Group",
      state: "State",
      questions: "Questions",
      forecast: "Forecast",
      cost: "Cost",
      possiblyPaid: "Possibly paid",
      took: "Took",
      calls: "Calls",
    },
    purposes: {
      scheduled: "scheduled",
      confirm: "confirmation",
      adhoc: "out of turn",
      audit: "audit",
      import: "import",
    },
    states: { running: "running", done: "done", cancelled: "given up" },
    open: "open",
    notKept: (questions: string) => `${questions} (no longer kept)`,
    booked: (cost: string) => `${cost} (booked)`,
    soFar: (time: string) => `${time} so far`,
    partly: (cost: string, unknown: string) => `${cost} (+ ${unknown} unknown)`,
    calls: { open: "under way", paid: "paid", free: "free", possibly_paid: "possibly paid" },
    assistants: "Assistants",
    failures: "Failures",
    skipped: "Not asked",
    full: (cap: string, limit: string, used: string) => `${cap} of ${limit}: ${used} used`,
    notFull: "no cap is full any more: they have been raised since, or what was set aside has been given back",
    caps: { run: "cap per run", day: "cap per day", month: "cap per month", total: "cap in all", other: "a cap" },
    cancelled: "given up with `citera run --new`, or nobody waited for the answer any more",
  },
  jobs: {
    none: "No job is waiting, under way or set aside.",
    noneFailed: "No job is set aside.",
    headings: {
      lane: "Lane",
      waiting: "Waiting",
      delayed: "Later",
      underWay: "Under way",
      setAside: "Set aside",
      oldest: "Waits for",
      key: "Job",
      at: "Since",
      attempts: "Tries",
      error: "Reason",
    },
    seeFailed: (jobs: number) =>
      `${counted(jobs, "job is", "jobs are")} set aside: \`citera jobs --failed\` says why, \`citera retry --all\` begins anew.`,
    more: (limit: string) => `Shown at most: ${limit}; \`--limit\` shows more.`,
    retried: (jobs: number) =>
      `${counted(jobs, "job begins", "jobs begin")} anew with the next \`citera start\` or worker.`,
    locked:
      "The jobs lie in the database, and the running service holds it: stop it, run `citera retry` again, and start it. Nothing is lost meanwhile.",
  },
  copies: {
    backedUp: (file: string, size: string, database: string) =>
      `${file}: ${size}, checked; the database takes ${database}.`,
    behind: "It was made by an older version and is brought up to date when it is opened.",
    restored: (file: string, size: string) => `${file}: put back, ${size}, checked.`,
    kept: (file: string) => `What was there before: ${file}`,
    postgres: (commands: string) =>
      `Postgres is copied with its own tools, which know its roles, sizes and time limits better. In a shell:\n${commands}\nThe password is asked for, or taken from PGPASSWORD or ~/.pgpass.`,
  },
  keptFrom: (day: string) =>
    `Answers are kept from ${day} on: earlier days have their counts, and what is read from answers says nothing of them.`,
  deleting: {
    about: (key: string, answers: number, questions: number) =>
      `Project ${key} goes for ever, with ${counted(answers, "answer", "answers")} to ${counted(questions, "question", "questions")} and all counts. \`citera backup\` keeps a copy.`,
    sayYes: "nobody is there to confirm it; say --yes",
    typeKey: "Type the project's id to go on:",
    notTyped: "that is not the project's id; nothing was removed",
    deleted: (key: string) => `Project ${key} is deleted.`,
    stopped: (key: string) => `Stopped; part of project ${key} is gone. The same command goes on.`,
  },
};
