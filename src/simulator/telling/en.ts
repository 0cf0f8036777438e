/** English: the sentences of answers. */
import type { Phrasebook } from "./phrasebook.ts";

const join = (names: string[]): string =>
  names.length < 3 ? names.join(" and ") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;

export const english: Phrasebook = {
  genitive: (name) => (name.endsWith("s") ? `${name}'` : `${name}'s`),
  join,

  listIntro: [
    (s) => `Here are some of the ${s.plural} that are recommended most often right now:`,
    () => `There's no single best choice for everyone, but these names come up again and again in tests and reviews:`,
    (s) => `Based on recent tests and user reviews, these are the ${s.plural} I'd look at first in ${s.year}:`,
    () => `It depends on your budget and how you'll use it. These are the ones worth a closer look:`,
    (s) => `The market for ${s.plural} is crowded, but a few brands stand out:`,
    (s) => `If I were buying a ${s.singular} today, this would be my shortlist:`,
    (s) => `Great question! I've compared what reviewers and owners say about ${s.plural}, and it boils down to these:`,
  ],
  leaderIntro: [
    (_, leader) => `Short answer: ${leader} is the safest pick for most people, but it isn't the only good option.`,
    (s, leader) => `For most people I'd start with ${leader}. Here is how the leading ${s.plural} compare:`,
    (_, leader) => `If you just want one name, go with ${leader}. The longer answer looks like this:`,
  ],
  proseIntro: [
    (s) => `It depends a little on what you value most, because ${s.plural} differ more than you might think.`,
    () => `There isn't one right answer here, but the reviews do point in a clear direction.`,
    (s) => `I went through a number of recent reviews of ${s.plural}, and the picture is fairly consistent.`,
    () => `In short, it comes down to budget, habits and how much time you want to spend on upkeep.`,
  ],
  listHeading: [
    (s) => `Top picks for ${s.year}`,
    (s) => `🏆 Best ${s.plural} right now`,
    () => `My recommendations`,
    () => `Quick comparison`,
  ],

  fragment: {
    positive: [
      (_, one, two) => `Known for ${one} and ${two}.`,
      (_, one) => `A strong all-round choice, with ${one}.`,
      (_, one) => `Consistently rated highly, above all for ${one}.`,
      (_, one, two) => `A favourite among reviewers thanks to ${one} and ${two}.`,
      (_, one) => `A safe choice if you want ${one}.`,
      (_, one) => `Excellent value, with ${one} as the biggest plus.`,
      (_, one) => `Hard to beat when it comes to ${one}.`,
    ],
    neutral: [
      (_, one) => `An established brand offering ${one}.`,
      (_, one, two) => `Offers ${one} as well as ${two}.`,
      (_, one) => `Sits in the middle of the market, with ${one}.`,
      (_, one) => `Sold by most major retailers, with ${one}.`,
      (_, one) => `A familiar name in shops, with ${one}.`,
    ],
    negative: [
      (_, one) => `Draws repeated criticism for ${one}.`,
      (_, one, two) => `Hard to recommend because of ${one} and ${two}.`,
      (_, one) => `Ends up near the bottom in several tests, largely because of ${one}.`,
      (_, one) => `I'd be careful here, as many owners complain about ${one}.`,
      (_, one, two) => `Loses points for ${one} and ${two}.`,
      (_, one) => `Many owners are disappointed with ${one}.`,
    ],
  },
  sentence: {
    positive: [
      (b, one, two) => `${b.name} is often praised for ${one} and ${two}.`,
      (b, one) => `${b.name} is one of the most recommended brands, largely thanks to ${one}.`,
      (b, one) => `If you want ${one}, ${b.name} is hard to beat.`,
      (b, one) => `Reviewers are impressed by ${b.name}, especially when it comes to ${one}.`,
      (b, one) => `Customers who chose ${b.name} tend to be very happy and highlight ${one}.`,
      (b, one) => `${b.name} does very well in most tests, particularly for ${one}.`,
    ],
    neutral: [
      (b, one) => `${b.name} is an established brand with ${one}.`,
      (b, one) => `${b.name} is sold by most major retailers and has ${one}.`,
      (b, one) => `${b.name} is a familiar name in shops and offers ${one}.`,
      (b, one) => `${b.name} sits around the middle of the market and offers ${one}.`,
      (b, one, two) => `What ${b.name} sells includes ${one} as well as ${two}.`,
    ],
    negative: [
      (b, one) => `${b.name} gets weaker reviews, mainly because of ${one}.`,
      (b, one, two) => `With ${b.name}, complaints about ${one} and ${two} keep coming back.`,
      (b, one) => `${b.name} is hard to recommend, since testers point to ${one}.`,
      (b, one) => `Quite a few users are disappointed with ${b.name}, not least because of ${one}.`,
      (b, one) => `I'd think twice about ${b.name}: many reviews mention ${one}.`,
    ],
  },
  detail: {
    positive: [
      (_, __, two) => `Many users also mention ${two} as a plus.`,
      (b, _, two) => `${b.owner} customers highlight ${two} too.`,
      () => `Very few buyers seem to regret their choice.`,
      (_, __, two) => `On top of that, many reviews mention ${two} as an advantage.`,
      (b) => `Long-term ${b.name} owners report remarkably few problems.`,
      () => `It is also easy to get help if something goes wrong.`,
    ],
    neutral: [
      () => `User ratings are close to average.`,
      () => `Experiences vary from one user to the next.`,
      (b) => `${b.owner} range is easiest to find online.`,
      (_, __, two) => `It also comes with ${two}.`,
      () => `Pricing is in line with most competitors.`,
    ],
    negative: [
      (_, __, two) => `Testers also mark it down for ${two}.`,
      (b) => `Several ${b.name} owners say they would choose differently today.`,
      (b) => `${b.owner} support is criticised for slow replies as well.`,
      (_, __, two) => `Several reviews bring up ${two} as well.`,
      () => `At this price there are better options.`,
    ],
  },
  product: [
    (b) => `The model to look at is ${b.product}.`,
    (b) => `${b.product} is the one mentioned most often.`,
    (b) => `Most reviews look at ${b.product}.`,
  ],
  cell: {
    positive: [
      (_, one) => `Top marks for ${one}`,
      (_, one) => `Great choice, praised for ${one}`,
      (_, one, two) => `Excellent: ${one}, ${two}`,
      (_, one) => `Best if you want ${one}`,
    ],
    neutral: [
      (_, one) => `Average ratings; offers ${one}`,
      (_, one) => `Middle of the road; offers ${one}`,
      (_, one) => `Offers ${one}`,
    ],
    negative: [
      (_, one) => `Criticised for ${one}`,
      (_, one, two) => `Weak: ${one}, ${two}`,
      (_, one) => `Disappointing because of ${one}`,
    ],
  },
  label: { positive: "Strengths", neutral: "Range", negative: "Weaknesses" },
  tableHead: { brand: "Brand", product: "Model", verdict: "What reviewers say" },
  pros: "Pros",
  cons: "Cons",

  places: [
    [(name) => `First place goes to **${name}**.`, (name) => `I would put **${name}** in first place.`],
    [(name) => `In second place comes **${name}**.`, (name) => `Second place goes to **${name}**.`],
    [(name) => `Third place goes to **${name}**.`, (name) => `In third place I'd put **${name}**.`],
  ],
  alsoNamed: [
    (names) => `You will also see ${names} mentioned, but less often.`,
    (names) => `Outside the list, ${names} may be worth a look as well.`,
    (names) => `It can also be worth checking out ${names}.`,
  ],

  about: [
    (s, name) => `**${name}** is one of the brands that sell ${s.plural}. Here is what reviews and owners say:`,
    (s, name) => `Here's a summary of what I could find about ${name} and their ${s.plural}:`,
    (_, name) => `It depends on what you're looking for, but this is how ${name} comes across in tests and reviews:`,
  ],
  alternatives: [
    () => `If you want to compare with something else, there are alternatives.`,
    (s) => `There are other ${s.plural} to consider, too.`,
    () => `Before you decide, it makes sense to look at a few alternatives.`,
  ],
  single: [
    (_, name) => `The name that keeps coming up is **${name}**.`,
    (s, name) => `If I had to mention one brand of ${s.plural}, it would be **${name}**.`,
    (_, name) => `One brand that is often mentioned in this context is **${name}**.`,
  ],
  denied: [
    (name) => `I couldn't find reliable information about ${name}.`,
    (name) => `I don't have any information about a brand called ${name}.`,
    (name) => `I wasn't able to find anything trustworthy on ${name}.`,
  ],
  deniedWhy: [
    () => `It may be a very small brand, or the name might be spelled differently.`,
    () => `If you have a link or know where it is sold, I can take another look.`,
    () => `It could be new on the market, or only available in certain countries.`,
  ],

  criteriaIntro: [
    (s) =>
      `Good ${s.plural} exist in every price range, so the important thing is to start from your own needs. This is what usually makes the difference:`,
    () => `It's hard to point to one brand without knowing more about your needs. This is how I would think about it:`,
    (s) => `Before you compare brands, it helps to know what matters in a ${s.singular}:`,
    () => `Rather than naming a single product, I'd suggest working through these points first:`,
  ],
  criteriaAfter: [() => `### What to look for`, () => `**A few things to check before you decide:**`],
  stepsIntro: [
    () => `This is usually quite easy to sort out. Try these steps in order:`,
    (s) => `Most problems with ${s.plural} can be solved at home. I'd go about it like this:`,
    () => `Here's a step-by-step approach that works in most cases:`,
  ],
  stepsAfter: [
    () => `If none of this helps, it is time to get in touch with the seller.`,
    () => `Remember that you may have rights under both the warranty and consumer law.`,
  ],
  brandsAfter: [
    () => `As for specific brands, this is worth knowing.`,
    () => `If you're thinking of buying something new, it also helps to know what is said about specific brands.`,
  ],
  advice: [
    (one, two, three) => `When you choose, pay particular attention to ${one}, ${two} and ${three}.`,
    (one, two) => `In the end, ${one} and ${two} tend to matter more than the brand.`,
    (one, _, three) => `Compare ${one} and ${three} between models before you decide.`,
  ],
  closing: [
    () => `Prices vary quite a bit between shops, so it pays to compare before you buy.`,
    () => `Do check current prices and availability, as details may have changed.`,
    () => `Reading a few recent user reviews is a good idea before you buy.`,
    (s) => `New ${s.plural} are launched all the time, so look at the date of any test you read.`,
  ],
  offer: [
    () => `If you tell me your budget, I can narrow it down to one or two options.`,
    () => `Would you like me to put together a comparison with current prices?`,
    () => `Let me know if you'd like a more detailed comparison.`,
    () => `How much do you want to spend, and what matters most to you?`,
  ],

  refusal: ["I'm sorry, I can't help with that request.", "I can't assist with that."],
  declined: [
    () =>
      `I'm sorry, but I can't help with that. I don't give recommendations on specific products or companies, since I can't vouch for them.`,
    (s) =>
      `I can't help with choosing a particular ${s.singular}. I'd suggest asking an independent consumer organisation instead.`,
  ],
  preamble: [
    (s) => `I'll search for current information about ${s.plural}.`,
    () => `Let me look up recent tests and reviews for you.`,
    (s) => `I'll check what recent reviews say about ${s.plural} before I answer.`,
  ],
  thinking: [(s) => `The user is asking about ${s.plural}. I should look for recent and independent sources.`],
  queries: [
    (s) => `best ${s.plural} ${s.year}`,
    (s) => `${s.singular} reviews ${s.year}`,
    (s) => `${s.plural} comparison test`,
    (s) => `which ${s.singular} to buy`,
  ],
  brandQuery: [(s, name) => `${name} ${s.singular} review`, (_, name) => `${name} customer experience`],
  pages: [
    { title: (s) => `Best ${s.plural} ${s.year}, tested`, path: (slug, year) => `/reviews/best-${slug}-${year}` },
    { title: (s) => `Buying guide: ${s.plural}`, path: (slug) => `/guides/${slug}` },
    { title: (s) => `Which ${s.singular} do you recommend?`, path: (slug) => `/forum/${slug}/thread-2841` },
    { title: (s) => `${s.plural}: what owners say`, path: (slug) => `/${slug}/owner-reviews` },
  ],
  brandPages: [
    { title: (b) => `${b.product} | ${b.name}`, path: (product) => `/en/products/${product}` },
    { title: (b) => `Support and warranty | ${b.name}`, path: () => `/en/support` },
    { title: (b) => `${b.name}: official site`, path: () => `/en/` },
  ],
};
