/** English texts of the interface. */
import { counted } from "./counted.ts";
import { operations } from "./en-operations.ts";

export const en = {
  locale: "en-GB",
  brand: "Brand",
  own: "own",
  assistant: "Assistant",
  model: "Model served",
  phase: "Phase",
  day: "Day",
  answers: "answers",
  oneAnswer: "answer",
  prompts: "questions",
  oneQuestion: "question",
  mentionsTitle: "Mentions",
  rankingTitle: "Ranking",
  locationNotApplied: "country and time zone could not be passed on",
  timezoneNotApplied: "the time zone could not be passed on",
  unusedSources: "Looked at, not cited",
  searchesTitle: "Searches",
  citations: "Citations",
  insightsTitle: "Named and cited",
  ghosts: "Cited, not named",
  uncited: "Named without a source",
  denied: "Said to be unknown",
  toReview: "Uncertain names",
  /** `since` where only the last days of a period are looked at. */
  insightsNote: (answers: string, since: string | null) =>
    `${counted(answers, "answer", "answers")}${since === null ? "" : ` since ${since}, the latest of the period`}, each counted once, of those in which it can happen. Uncertain names wait for review and are in no measure.`,
  sourceTypesTitle: (citing: string) =>
    `Types of sources in ${counted(citing, "answer that cites", "answers that cite")} pages`,
  sourceType: "Type",
  candidatesTitle: (ranked: string) =>
    `Also ranked, not tracked: names in ${counted(ranked, "answer", "answers")} with a ranking`,
  candidates: "Also ranked, not tracked",
  name: "Name",
  of: (some: string, all: string) => `${some} of ${all}`,
  likely: "likely",
  uncertain: "uncertain",
  supports: "supports",
  places: {
    prose: "running text",
    heading: "heading",
    list: "list",
    table: "table",
    link: "link",
    quote: "quote",
  },
  sourceTypes: {
    news: "news",
    review: "review",
    forum: "forum",
    social: "social media",
    video: "video",
    encyclopedia: "encyclopedia",
    shop: "shop",
    documentation: "documentation",
    institution: "institution",
    company: "company",
    other: "other",
  },
  /** The parser's reasons in other words; one that is not here is shown as it is. */
  reasons: {
    denied: "the answer says that it does not know the brand",
    "a person's family name": "a person's family name",
    "a place": "a place",
    "a number": "a number",
    "a frequent word in lower case": "a common word in lower case",
    "first part of a compound": "first part of a compound",
    "leads an item": "leads an item of a list",
    "stands alone": "stands alone",
    "part of a longer name": "a common word with a name beside it",
    "does something": "a common word, but it acts like a name",
    "its maker follows": "its maker follows",
    "a frequent word before a number": "a common word before a number",
    "a frequent word at the start of a sentence": "a common word that begins a sentence",
    "an article stands before": "an article stands before",
    "an adjective stands before": "an adjective stands before",
    "part of a product's name": "part of a product's name",
    "a frequent word in a heading": "a common word in a heading",
    "before an ordinary word": "a common word before an ordinary word",
    "a person's name": "a person's name",
    "joined with another name": "a common word joined with another name",
    "none of the words it requires": "stands without the words it requires",
  },
  /** Why a question has no answer. */
  problems: {
    bad_key: "the key was refused",
    quota: "the quota or the credit is used up",
    not_allowed: "the key does not give access to this",
    region: "this is not offered where the request came from",
    country: "the place that the question is asked from was not taken",
    model: (model: string) => `the model ${model} does not exist or has been retired`,
    search: (model: string) => `the model ${model} cannot search the web`,
    bad_request: "the request was refused",
    too_large: "the question, or what came back, was too long",
    rate_limit: "questions came too fast",
    overloaded: "the assistant was overloaded",
    server: "the assistant had a fault of its own",
    timeout: "no answer came in time",
    network: "the connection failed",
    unreadable: "the reply could not be read",
    refused_address: "this address is not called",
    budget: "a cap of the budget leaves no room",
    fault: "Citera had a fault of its own, which the log tells of",
  },
  /** What to do about it, with the settings to change in place. */
  remedies: {
    bad_key: (variables: string) => `put a valid key into ${variables}`,
    quota: (variables: string) => `top up the account of ${variables}, or put another key there`,
    not_allowed: (variables: string) => `have the account of ${variables} allowed to, or put another key there`,
    region: (address: string) => `set ${address} to an endpoint in another region, or take this assistant out`,
    country: (places: string) => `change ${places}`,
    model: (settings: string) => `change ${settings}`,
    search: (model: string, search: string) => `choose another in ${model}, or write ${search}`,
    bad_request: (settings: string) => `change ${settings}`,
    too_large: "shorten the question, or leave it out",
    rate_limit: (concurrency: string) => `lower ${concurrency}`,
    refused_address: (address: string) => `change ${address}, or allow the host in \`CITERA_ALLOW_HOSTS\``,
    unreadable: (address: string) => `if it stays so, look at ${address}`,
    budget: "raise the cap, or wait for the next period",
    later: "try again later",
  },
  /** Of text between commas, the last before "or". */
  or: "or",
  quoted: (text: string) => `“${text}”`,
  settingIn: (setting: string, assistant: string) => `\`${setting}\` of assistant \`${assistant}\` in citera.yaml`,
  noSetting: (name: string, adapter: string, known: string) =>
    `--set ${name}: ${adapter} has no such setting; it takes ${known}`,
  tryAgainIn: (seconds: string) => `try again in ${seconds} s`,
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
  breaksTitle: "Not the same before and after",
  sourcesTitle: "Sources cited most",
  opportunitiesTitle: "Opportunities: questions on which rivals are ahead",
  opportunitiesNote:
    "Gap: share of answers that name or cite the rival and not the own brand, less the share with the own brand and not the rival. In brackets: 95 % interval for this question only, as if its answers were independent. An assistant's answers resemble each other, and among many questions some look ahead by chance.",
  opportunitiesFound: (found: string, compared: string) =>
    `A rival is surely ahead on ${found} of the questions compared (${compared}); the surest first.`,
  noOpportunity: {
    no_rivals: "No rivals are tracked: list them under `competitors` in the project file to see where they are ahead.",
    no_answers: "No question that is still asked has answers in this period in which rivals were counted.",
    not_behind: "No rival is ahead on any question.",
    too_few_answers:
      "Rivals are ahead on some questions, but none of these has five answers in this period: too few to be sure.",
    none_sure:
      "Rivals are ahead on some questions, but on none surely: it may be chance. More answers or a longer period will tell.",
  },
  present: (brand: string, answers: string) => `${brand} in ${counted(answers, "answer", "answers")}`,
  gap: (points: string, low: string, high: string) => `gap ${points} percentage points (${low}–${high})`,
  alsoAhead: "Also ahead",
  gapSources: (answers: string) =>
    `Cited in ${counted(answers, "answer", "answers")} with a rival and without the own brand`,
  aboutRivals: "About a rival",
  page: "Page",
  missingTitle: "Answers that name rivals but not the own brand",
  none: "none",
  nothing: "no answers",
  tooFewPrompts: "too few questions",
  unjudged: "not judged",
  noSearch: "no search",
  onePrompt: "this question only",
  period: (from: string, to: string) => `${from} to ${to}`,
  intervalNote: "In brackets: 95 % interval for all questions like these. Failed and refused answers are left out.",
  rereading: "Brands were edited: history is being read again, numbers change when it is done.",
  noAnswersYet: "No answers yet. `citera run` asks the first questions.",
  historyFilled: (questions: number, days: number, seconds: string) =>
    `${counted(questions, "question", "questions")} of ${counted(days, "day", "days")} asked, stored, read and counted in ${seconds} s`,
  simulated: "The assistants of this demo are simulated; every answer was asked, stored, read and counted for real.",
  forecast: (questions: number, cost: string) =>
    `${counted(questions, "question", "questions")}, expected cost ${cost}`,
  capGuess: (cost: string) =>
    `An answer of unknown price counts as ${cost} towards the caps: what the dearest model we know would cost.`,
  forecastUnknown: (assistants: string) =>
    `without ${assistants}, whose price is not known (set \`prices\` in the project file)`,
  leftOut: (assistant: string, missing: string) =>
    `${assistant} is left out: set ${missing} in the environment or in the file .env, then run again`,
  oneSurface: {
    api: (answers: string) =>
      `Numbers over several assistants are of API answers alone; ${counted(answers, "answer as people see it (UI) stands", "answers as people see them (UI) stand")} apart`,
    ui: (answers: string) =>
      `Numbers over several assistants are of answers as people see them (UI) alone; ${counted(answers, "API answer stands", "API answers stand")} apart`,
  },
  notAsked: (assistant: string) => `${assistant} is not asked: its answers are brought by \`citera import\``,
  imported: (kept: string, known: string) => `${counted(kept, "answer", "answers")} kept, ${known} known already.`,
  importable: (kept: string, known: string) =>
    `${counted(kept, "answer", "answers")} can be kept, ${counted(known, "is", "are")} known already; nothing was written.`,
  importStrict: "Nothing was kept: `--strict` keeps all rows or none.",
  importBad: (rows: string) => `${counted(rows, "row was", "rows were")} left out.`,
  importMore: (rows: string) => `and ${counted(rows, "more row", "more rows")} with problems`,
  importUnread: (fields: string) => `Not read, but kept with the raw row: ${fields}`,
  importFile: {
    notUtf8:
      'the file is not UTF-8 from here on, so letters such as å or é cannot be read; save it as UTF-8 (Excel: "CSV UTF-8")',
    utf16: 'the file is UTF-16; save it as UTF-8 (Excel: "CSV UTF-8")',
    longRow: (megabytes: number) =>
      `the row that begins here is longer than ${megabytes} MB; does its line or a quote in it never end?`,
    openQuote: "the row that begins here has a quote that is never closed",
    unread: "what follows was not read",
  },
  schedule: {
    next: (time: string) => `next run: ${time}`,
    nextOfGroup: (group: string, time: string) => `next run of the group ${group}: ${time}`,
    none: "no schedule: asked only by `citera run`",
    never: "the schedule never comes due again",
    quiet: (days: string) => `quiet days: ${days}`,
    paused: (since: string, zone: string) =>
      `paused since ${since} (${zone}): asked only by \`citera run\`; \`citera resume\` goes on`,
    nowPaused: (name: string) => `${name} is paused`,
    wasPaused: (name: string) => `${name} is paused already`,
    resumed: (name: string) => `${name} is asked by its schedule again`,
    wasNotPaused: (name: string) => `${name} is not paused`,
  },
  doctor: {
    levels: { ok: "ok", warn: "warn", fail: "FAIL", skip: "skip" },
    node: (version: string) => `Node ${version}`,
    nodeOld: (version: string) => `Node ${version} is too old; install 20.19 or newer`,
    noProject: (file: string) =>
      `there is no project file ${file}, so assistants and the clock are not checked; make one with \`citera init\``,
    noFile: (file: string) =>
      `there is no project file ${file}; name another with --file, or make one with \`citera init\``,
    unread: "assistants and the clock are not checked until the project file is right",
    keys: (names: string) => `keys for assistants in the environment: ${names}`,
    noKeys: (example: string) =>
      `no key for an assistant is in the environment or in the file .env; set one, such as ${example}`,
    database: {
      ready: (where: string) => `the database ${where} opens and can be written`,
      behind: (where: string) =>
        `the database ${where} is of an earlier version; the next \`citera apply\` or \`citera run\` brings it up to date`,
      empty: (where: string) => `the database ${where} is empty; the first \`citera run\` makes its tables`,
      absent: (where: string) => `there is no database ${where} yet; the first \`citera run\` makes it`,
    },
    disk: (free: string) => `${free} GiB free on the disk of the database`,
    diskLow: (free: string) =>
      `only ${free} GiB free on the disk of the database; make room, or answers cannot be kept`,
    diskElsewhere: "free space is not checked: it is the Postgres server's",
    diskUnknown: (why: string) => `free space is not checked: ${why}`,
    redis: {
      ready: (where: string) => `Redis at ${where} answers and throws no job away (maxmemory-policy noeviction)`,
      evicts: (where: string, policy: string) =>
        `Redis at ${where} throws jobs away when its memory is full (maxmemory-policy ${policy}): run \`CONFIG SET maxmemory-policy noeviction\` there, and write \`maxmemory-policy noeviction\` into redis.conf, so that it stays so`,
      policyHidden: (where: string, why: string) =>
        `Redis at ${where} answers, but does not show its maxmemory-policy (${why}); see in its provider's settings that it is noeviction, or jobs may be lost`,
      noPolicy: "it knows no such setting",
      unreached: (where: string, why: string) =>
        `Redis at ${where} cannot be reached (${why}); check REDIS_URL, the network, and that Redis runs there`,
      noReply: (seconds: string) => `no reply within ${seconds} s`,
      wrongPassword: (where: string) =>
        `Redis at ${where} refuses the user name or the password; put the right ones into REDIS_URL, between \`redis://\` and \`@\``,
      passwordWanted: (where: string) =>
        `Redis at ${where} asks for a password; put it into REDIS_URL, between \`redis://:\` and \`@\``,
      notRedis: (where: string) =>
        `what answers at ${where} is no Redis; check host and port in REDIS_URL, and write rediss:// where it speaks TLS`,
      tooOld: (where: string, version: string, oldest: string) =>
        `Redis at ${where} is ${version}; jobs need ${oldest} or later, so update it, or take REDIS_URL out to keep jobs in Postgres`,
      says: (where: string, said: string) => `Redis at ${where} cannot be used now: ${said}`,
      badAddress: "REDIS_URL is no address of a Redis; write redis://host:6379, or rediss://host:6379 for TLS",
      onlyPostgres:
        "REDIS_URL is set, but Redis is used together with Postgres only; take REDIS_URL out, or set DATABASE_URL to a postgres:// address",
    },
    key: (assistant: string) => `${assistant}: key set and well-formed`,
    keyMissing: (assistant: string, names: string) =>
      `${assistant}: set ${names} in the environment or in the file .env; until then it is left out`,
    settings: (assistant: string, why: string) => `${assistant}: ${why}; mend the setting or the variable it names`,
    reached: (assistants: string, host: string) => `${assistants}: ${host} answers`,
    refused: (assistants: string, why: string) => `${assistants}: ${why}`,
    unreached: (assistants: string, why: string) =>
      `${assistants}: ${why}; check the address, the network and the firewall`,
    hostUnknown: (assistant: string) => `${assistant}: its host is not checked until its settings are right`,
    clock: (host: string, seconds: string) => `the clock agrees with that of ${host} to ${seconds} s`,
    clockAhead: (host: string, seconds: string) =>
      `the clock is ${seconds} s ahead of that of ${host}; set it by NTP, or days, runs and budgets are wrong`,
    clockBehind: (host: string, seconds: string) =>
      `the clock is ${seconds} s behind that of ${host}; set it by NTP, or days, runs and budgets are wrong`,
    clockUnknown: "the clock is not checked: no assistant's host has told the time",
    collected: (assistant: string) => `${assistant}: its answers are imported; there is nothing to reach`,
    noAssistant: (key: string, keys: string) => `there is no assistant ${key} in the project file; there are ${keys}`,
    noQuestion: "there is no question in the project file to ask",
    notAsked: (key: string) => `${key} cannot be asked: its answers are brought by \`citera import\``,
    asking: (assistant: string, cost: string) => `asking ${assistant} one question: ${cost}`,
    cost: (cost: string) => `expected cost ${cost}`,
    costUnknown: "cost not known",
    unanswered: (assistant: string, why: string) => `${assistant} gave no answer: ${why}`,
    sameShape: "the reply has the shape we expect",
    newPath: (path: string, types: string) => `new in the reply, not known to us: ${path} (${types})`,
    lostPath: (path: string, types: string) => `expected in the reply, not there: ${path} (${types})`,
    changedPath: (path: string, types: string, expected: string) =>
      `otherwise than expected in the reply: ${path} (${types}, not ${expected})`,
    morePaths: (count: number) => `and ${count} more of this kind`,
    noReference: "the shape is not checked: there is no simulated reply to compare it with",
  },
  stillAsked: (assistants: string) => `Asked all the same: ${assistants}`,
  nothingToResume: "There is no run to go on with.",
  resuming: (questions: number) => `Going on with ${counted(questions, "question", "questions")}.`,
  stopping: "Stopping: questions already asked may end. Ctrl-C again breaks them off.",
  running: "Asking",
  finished: (answered: number, asked: number, seconds: string) =>
    `${answered} of ${counted(asked, "question", "questions")} answered in ${seconds} s`,
  stopped: (open: number) =>
    `Stopped; ${counted(open, "question is", "questions are")} left. \`citera run --resume\` goes on without paying twice.`,
  failures: "Failed",
  attention: (assistant: string, why: string) => `${assistant} needs attention: ${why}`,
  probed: (assistant: string) =>
    `${assistant} is sent one question first; the others of a run are sent when it is answered`,
  unsent: (assistant: string, questions: number) =>
    `${assistant}: ${counted(questions, "of them was", "of them were")} not sent; the next run sends one question first, and the others when it is answered`,
  spent: (cost: string) => `Cost of this run: ${cost}`,
  unchanged: "No changes.",
  reread: (brands: number) => `History was read again with ${counted(brands, "brand", "brands")}.`,
  rereadStopped: "Stopped; the numbers are as before. `citera reparse` goes on where it stopped.",
  sameNumbers: "The numbers are the same as before.",
  counting: (done: number, all: number, day: string) => `Days counted: ${done} of ${all}, now ${day}`,
  daysCounted: (days: number) => `Days counted again: ${days}.`,
  noDaysToCount: "There are no days to count.",
  daysFrozen: (days: number, first: string, last: string) =>
    `Left as they are, because their answers are no longer kept: days from ${first} to ${last} (${days}).`,
  daysOvertaken: (days: number) =>
    `Days to which answers came meanwhile: ${days}. Who brings the answers counts them once more.`,
  countingStopped: (done: number, all: number) =>
    `Stopped; days counted: ${done} of ${all}, the others stay marked. \`citera rollup --resume\` goes on, and so does \`citera start\`.`,
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
  tried: {
    paste: "Paste a text, then press Ctrl-D on a line of its own.",
    counted: "Counted",
    notCounted: "Not counted",
    nothing: "nothing",
    found: "Found",
    brand: "Brand",
    form: "Name in the list",
    viaTitle: "Kind",
    certaintyTitle: "Certainty",
    why: "Why",
    whyNot: "Why not",
    via: { name: "name", alias: "alias", product: "product" },
    certainty: { certain: "certain", likely: "likely", uncertain: "uncertain" },
    same: "as in the list",
    ending: (word: string) => `with an ending: ${word}`,
    otherSpelling: "another spelling",
    uncertain: "uncertain",
    alone: (names: string) => `stands without any of ${names} (\`require\`)`,
    times: (count: string) => `${count} times`,
    more: (count: string) => `and ${count} more; \`--json\` has all`,
    ranking: "Ranking",
    sources: { list: "list", table: "table", headings: "headings", stated: "stated", order: "order of mention" },
    citations: "Citations",
    own: "own",
    other: "other",
    rejected: {
      address: "in an address",
      code: "in code",
      hidden: "in a part that is not read as words, such as a marker or a list of sources",
      partOfName: (name: string) => `part of ${name}, a longer name`,
      insideWord: (word: string) => `part of a longer word: ${word}`,
      excluded: (phrase: string) => `in the phrase "${phrase}" (\`exclude\`)`,
      capitals: (name: string) => `other capitals than ${name} (\`caseSensitive\`)`,
      spelling: (name: string) => `spelt otherwise than ${name}; an alias would count it`,
      verb: "used as a verb",
      ordinaryWord: "an ordinary word in lower case (`commonWord: no` counts it)",
      other: "not read as a name here",
    },
  },
  operations,
  pageTitle: "AI visibility",
  surfacesTitle: "Which answers",
  surfaces: { api: "API answers", ui: "As people see them (UI)" },
  pageLead: "How AI assistants talk about your brand",
  noSuchProject: "There is no such project.",
  noProjects: "No project yet. Write one with `citera init`, then `citera apply`.",
};

export type Wording = typeof en;
