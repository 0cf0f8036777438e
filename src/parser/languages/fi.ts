/** Finnish: the cases of names, after a vowel or with the joining i, with the small words that hang on. */
import { language, words } from "./endings.ts";

const afterVowel = words(`n t a ä ta tä ssa ssä sta stä lla llä lta ltä lle na nä ksi tta ttä an en in on un yn än ön
  seen hon hun jen ja jä den iden ille illa illä issa issä ista istä ihin eja ejä oja öjä`);
const afterConsonant = [...words("n t a ä ssa ssä sta stä lla llä lta ltä lle na nä ksi tta ttä in en")].map(
  (ending) => `i${ending}`,
);
const hangingOn = ["", "kin", "kaan", "kään", "han", "hän", "ko", "kö"];

export const fi = language("fi", {
  letters: new Set("äöå"),
  functionWords:
    words(`ovat paras parhaat paremmin enemmän ennen jälkeen kanssa ilman sitten myös hyvä hyvin vielä aina moni monet
    kannattaa sitä sen nämä nyt heti ja on ei että oli se hän mutta myös kuin joka ovat sen tai niin nyt kun mukaan olla voi vain sekä
    jos tämä ole hänen mitä mikä jo noin vielä kertoo siitä sitä joita joiden uuden uusi viime vuoden`),
  wordEndings: words("ssa ssä sta stä lla llä lle lta ltä inen nen vat vät taan tään iden uus kään"),
  endings: new Set(["", ...afterVowel, ...afterConsonant].flatMap((ending) => hangingOn.map((more) => ending + more))),
  commonWords: words(`kone jolla opera prisma posti sato kesto viking uusi suomi onni lumi aalto
    tähti aurinko koti ilta päivä metro kuva sanoma tie turva valio`),
  verbs: words("on oli myy tarjoaa kertoo ilmoitti julkaisi aikoo sai saa voi lanseeraa avaa omistaa"),
  givenNames: words("anna maria liisa matti juha timo mika pekka jari antti jukka kari anne päivi tuula johanna elina"),
  denials: [
    /en (?:valitettavasti )?(?:tunne|löytänyt|löydä)(?: (?:mitään )?tietoa)?/,
    /(?:ei ole|ole|ei löydy|ei löytynyt) (?:mitään |luotettavaa )?tietoa(?: (?:yrityksestä|brändistä|tuotteesta))?(?: nimeltä)?/,
  ],
});
