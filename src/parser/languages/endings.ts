/** What a language adds to names, and the shared table of endings of languages that have no file of their own. */

/** What the parser knows of one language; every list is in lower case. */
export interface LanguageRules {
  code: string;
  /** Frequent small words, by which the language of a text is recognised. */
  functionWords: ReadonlySet<string>;
  /** Letters beyond a to z with which it is written; a word with others is not its own. */
  letters: ReadonlySet<string>;
  /** How many of its longer words end, by which it is recognised too. */
  wordEndings: ReadonlySet<string>;
  /** Endings that a name takes as it stands. */
  endings: ReadonlySet<string>;
  /** Endings that ordinary words take too: not believed of a short name that is the first word of a sentence. */
  looseEndings: ReadonlySet<string>;
  /** Endings that take the place of a name's last letters: `Tesla`, `Teslor`. */
  stems: readonly { cut: string; endings: ReadonlySet<string> }[];
  /** Second members of closed compounds: `Volvo` + `bil`; empty where the language writes none. */
  heads: readonly string[];
  /** Endings that the second member may take. */
  headEndings: ReadonlySet<string>;
  /** Frequent words that are names of firms as well. */
  commonWords: ReadonlySet<string>;
  /** Words that follow a name which acts. */
  verbs: ReadonlySet<string>;
  /** Words before a common noun; only where every noun has a capital. */
  articles: ReadonlySet<string>;
  /** Given names, before which a name is a family's. */
  givenNames: ReadonlySet<string>;
  /** Beginnings of sentences that say that a name is not known; the name follows. */
  denials: readonly RegExp[];
}

/** The words of a list written with spaces. */
export const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/).filter(Boolean));

/** A language with only what is given. */
export function language(code: string, rules: Partial<LanguageRules>): LanguageRules {
  const none = words("");
  return {
    code,
    functionWords: none,
    letters: none,
    wordEndings: none,
    endings: none,
    looseEndings: none,
    stems: [],
    heads: [],
    headEndings: none,
    commonWords: none,
    verbs: none,
    articles: none,
    givenNames: none,
    denials: [],
    ...rules,
  };
}

/** Languages that share one table until they have labelled texts. Elisions (`l'`, `d'`) end at an apostrophe, a boundary. */
export const shared: readonly LanguageRules[] = [
  language("fr", {
    letters: new Set("àâæçéèêëîïôùûüÿœ"),
    functionWords:
      words(`le la les des une un est et dans pour que qui avec sur plus pas moins sont du au de en ce il elle
      ne se par mais ou où cette ces son sa ses leur vous nous on très bien meilleur aux comme si entre chez aussi`),
    commonWords: words("orange le la free casino total bleu cap marque printemps"),
    verbs: words("est a sont propose offre vend reste et"),
  }),
  language("es", {
    letters: new Set("áéíñóúü"),
    functionWords:
      words(`el la los las una un de en es y para que con por más no pero está son del al muy se su sus lo le si
      como o ya también entre sin sobre este esta hay tiene mejor cada cuando donde desde hasta`),
    commonWords: words("mango corte inglés zara casa día sol vida estrella marca santander"),
    verbs: words("es vende tiene ofrece está y cobra cuesta da hace"),
  }),
  language("it", {
    letters: new Set("àèéìíòóù"),
    functionWords:
      words(`il lo la gli le una un è e di per che con più non ma sono della nel in da del dei delle si anche come
      al alla questo questa ha ho su se tra molto meglio`),
  }),
  language("pt", {
    letters: new Set("áâãàçéêíóôõúü"),
    functionWords:
      words(`o a os as uma um é e em de para que com por mais não mas são do da no na dos das se ao também muito
      seu sua como ou já melhor tem está`),
  }),
  language("nl", {
    letters: new Set("éëïöü"),
    functionWords:
      words(`de het een is en van voor dat met op niet maar ook zijn beter dan in te om er aan bij als nog naar die
      dit deze wordt worden heeft hebben kan meer veel je u ik hij ze wel geen uit`),
    endings: words("s"),
  }),
  language("pl", {
    letters: new Set("ąćęłńóśźż"),
    functionWords: words(
      "w i na z są jest nie że do niż dla się lepszy lepsze ale jak to od po oraz czy też już tylko może ma",
    ),
    endings: words("u a owi em ie y ów om ami ach ze"),
    stems: [
      { cut: "ka", endings: words("ce") },
      { cut: "a", endings: words("y i ę ą ie o") },
    ],
  }),
  language("cs", {
    letters: new Set("áčďéěíňóřšťúůýž"),
    functionWords: words("v a na je se že ale jsou pro jako není s k do to si také nebo od lepší má"),
    endings: words("u a em e ovi y ů"),
    stems: [{ cut: "a", endings: words("y ě u ou") }],
  }),
  language("ru", {
    letters: new Set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    functionWords: words("в и на не что с как это чем по лучше для но"),
    endings: words("а у ом е ы ов ам ами ах"),
    stems: [{ cut: "а", endings: words("ы и у е ой ою") }],
  }),
  language("tr", {
    letters: new Set("çğıöşü"),
    functionWords: words("ve bir bu için çok ile daha en da de ama gibi olarak var ne"),
  }),
  language("et", {
    letters: new Set("äõöüšž"),
    functionWords: words("ja on ei et see ka kui aga mis oma või siis"),
    endings: words("i s st le l lt ga ks t d"),
  }),
  language("ja", { letters: words("hiragana katakana han") }),
  language("zh", { letters: words("han") }),
  language("ko", { letters: words("hangul") }),
];
