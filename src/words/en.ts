/** English texts of the interface. */
export const en = {
  locale: "en-GB",
  brand: "Brand",
  own: "own",
  assistant: "Assistant",
  model: "Model served",
  phase: "Phase",
  day: "Day",
  answers: "answers",
  oneAnswer: "1 answer",
  prompts: "questions",
  oneQuestion: "1 question",
  mentionsTitle: "Mentions",
  rankingTitle: "Ranking",
  unusedSources: "Looked at, not cited",
  searchesTitle: "Searches",
  citations: "Citations",
  outcome: {
    answered: "answered",
    no_search: "no search",
    empty: "empty",
    no_surface: "not shown",
    refused: "refused",
    blocked: "blocked",
    failed: "failed",
  },
  state: {
    waiting: "waiting",
    asking: "being asked",
    done: "answered",
    failed: "failed",
    skipped_budget: "skipped (budget)",
    cancelled: "cancelled",
  },
  phases: {
    awareness: "Awareness",
    consideration: "Consideration",
    purchase: "Purchase",
    post_purchase: "After the purchase",
  },
  cost: "Cost",
  unknown: "unknown",
  source: "Source",
  owner: "Owner",
  ownDomain: "own",
  other: "other",
  question: "Question",
  named: "Named instead",
  measuresTitle: "Brands",
  byAssistantTitle: "Visibility by assistant",
  byPhaseTitle: "Visibility by phase",
  answersTitle: "Answers",
  assistantsTitle: "Assistants",
  sourcesTitle: "Sources cited most",
  missingTitle: "Answers that name rivals but not the own brand",
  none: "none",
  nothing: "no answers",
  tooFewPrompts: "too few questions",
  noSearch: "no search",
  onePrompt: "this question only",
  period: (from: string, to: string) => `${from} to ${to}`,
  intervalNote: "In brackets: 95 % interval for all questions like these. Failed and refused answers are left out.",
  rereading: "Brands were edited: history is being read again, numbers change when it is done.",
  noAnswersYet: "No answers yet. `citera run` asks the first questions.",
  historyFilled: (questions: number, days: number, seconds: string) =>
    `${questions} questions of ${days} days asked, stored, read and counted in ${seconds} s`,
  simulated: "The assistants of this demo are simulated; every answer was asked, stored, read and counted for real.",
  forecast: (questions: number, cost: string) => `${questions} questions, expected cost ${cost}`,
  forecastUnknown: (assistants: string) =>
    `without ${assistants}, whose price is not known (set \`prices\` in the project file)`,
  leftOut: (assistant: string, missing: string) =>
    `${assistant} is left out: set ${missing} in the environment or in the file .env, then run again`,
  stillAsked: (assistants: string) => `Asked all the same: ${assistants}`,
  nothingToResume: "There is no run to go on with.",
  resuming: (questions: number) => `Going on with ${questions} questions.`,
  stopping: "Stopping: questions already asked may end. Ctrl-C again breaks them off.",
  running: "Asking",
  finished: (answered: number, asked: number, seconds: string) =>
    `${answered} of ${asked} questions answered in ${seconds} s`,
  stopped: (open: number) =>
    `Stopped; ${open} questions are left. \`citera run --resume\` goes on without paying twice.`,
  failures: "Failed",
  spent: (cost: string) => `Cost of this run: ${cost}`,
  unchanged: "No changes.",
  reread: (brands: number) => `History was read again with ${brands} brands.`,
  rereadStopped: "Stopped; the numbers are as before. `citera reparse` goes on where it stopped.",
  sameNumbers: "The numbers are the same as before.",
  before: "Before",
  after: "Now",
  names: {
    warning: "warning",
    moreOfThis: (count: string) => `and ${count} more of this kind`,
    tooManyNames: (count: string) =>
      `the brands have ${count} names together, more than can be looked for (100,000); leave out those that nobody writes`,
    tooLong: (most: string) => `the name is longer than ${most} letters and would never be found; shorten it`,
    sameName: (name: string, other: string, brand: string) =>
      `${name} cannot be told from ${other}, a name of ${brand}: capitals, spaces and hyphens make no difference; leave it to one of them`,
    sameSpelling: (name: string, other: string, brand: string) =>
      `${name} is easily written like ${other}, a name of ${brand}: what is written so counts for ${brand}; see with \`citera try\` whether you want that`,
    neverRead: (name: string) =>
      `${name} is read as an address or as markup, not as words, and is never found; write the name as people do, addresses under \`domains\``,
    manyNames: (name: string, count: string) =>
      `${name} has ${count} names, and each is looked for in every answer; keep those that people really write`,
    oneLetter: (name: string) =>
      `${name} is one letter: each that stands alone counts as the brand; write a longer name, or ask for company with \`require\` under \`matching\``,
    number: (name: string) =>
      `${name} is a number: counted only where the words around it speak for the brand, otherwise uncertain and left out of the numbers; a longer name is safer`,
    smallWord: (name: string, languages: string) =>
      `${name} is one of the smallest words in ${languages} and stands in almost every text; take it out, or ask for company with \`require\` under \`matching\``,
    commonWord: (name: string, languages: string) =>
      `${name} is a common word in ${languages}: counted only when its capital and the words around it speak for the brand, otherwise uncertain and left out of the numbers`,
    givenName: (name: string) => `${name} is a given name: persons called so count as the brand`,
    mendWord:
      "Under `matching`, `commonWord: no` counts every one, `commonWord: yes` only where the words around it speak for the brand; `require` asks for company, `caseSensitive` for the same capitals, `exclude` takes phrases out. Any of the first three ends this warning; `citera try` shows what it does",
    place: (name: string) =>
      `${name} is a place: after a word such as "in" it is uncertain and left out of the numbers; give a longer name as an alias, or ask for company with \`require\` under \`matching\``,
  },
  pageTitle: "AI visibility",
  pageLead: "How AI assistants talk about your brand",
  noSuchProject: "There is no such project.",
  noProjects: "No project yet. Write one with `citera init`, then `citera apply`.",
};

export type Wording = typeof en;
