/** What Google's two surfaces share: the vendors they can be had through, their settings and their readers. */
import { z } from "zod";
import type { Reply } from "../../domain.ts";
import { secret, webAddress, type Call, type ReadContext, type Tools } from "../assistant.ts";
import { askDataForSeo, dataForSeoAddress, isDataForSeo, readDataForSeo } from "./dataforseo.ts";
import { record, type Json } from "./json.ts";
import { askSerpApi, bodiesOf, googlePlace, mustSearch, readSerpApi, serpApiAddress } from "./serpapi.ts";

const optionalSecret = (variable: string) => secret(variable).exactOptional().meta({ secret: true, variable });

/** Fields of both surfaces' settings. Which secrets are needed depends on the vendor. */
export const googleFields = {
  /** The vendor that searches for us: Google has no API for this. */
  through: z.enum(["serpapi", "dataforseo"]),
  apiKey: optionalSecret("SERPAPI_API_KEY"),
  login: optionalSecret("DATAFORSEO_LOGIN"),
  password: optionalSecret("DATAFORSEO_PASSWORD"),
  baseUrl: webAddress().exactOptional(),
  /** As the vendor lists it, without the country: `Stockholm` or `Malmo,Skane County`. */
  city: z.string().min(1).exactOptional(),
};

type Given = z.infer<z.ZodObject<typeof googleFields>>;

export const googleNeeds = ({ through }: Record<string, unknown>): string[] =>
  through === "dataforseo" ? ["login", "password"] : ["apiKey"];

/** Complains of each secret that the chosen vendor needs and that is not there. */
export function checkGoogle(given: Given, context: z.RefinementCtx): void {
  for (const name of googleNeeds(given)) {
    if (given[name as keyof Given] !== undefined) continue;
    const { variable } = googleFields[name as "apiKey" | "login" | "password"].meta() ?? {};
    const message = `\`through: ${given.through}\` needs it: set ${String(variable)} in the environment or in .env`;
    context.addIssue({ code: "custom", path: [name], message });
  }
}

const vendors = { serpapi: serpApiAddress, dataforseo: dataForSeoAddress };
export const googleAddress = ({ through, baseUrl }: Given): string => baseUrl ?? vendors[through];

/** How one surface is called by each vendor. */
export interface GoogleSurface {
  engine: string;
  path: string;
  /** What DataForSEO is asked for besides. */
  more: Json;
}

export async function askGoogle(
  call: Call,
  given: Given,
  { engine, path, more }: GoogleSurface,
  tools: Tools,
): Promise<string> {
  mustSearch(call);
  const { through, apiKey = "", login = "", password = "", city } = given; // checked when connected
  const baseUrl = googleAddress(given);
  if (through === "dataforseo")
    return askDataForSeo({ login, password, baseUrl, ...(city !== undefined && { city }) }, path, call, more, tools);
  const search = { engine, q: call.asked.text, ...googlePlace(call.asked, city) };
  return askSerpApi({ apiKey, baseUrl }, search, tools);
}

/** Reads a reply of either vendor, which is known by its shape. */
export const readGoogle = (body: unknown, context: ReadContext): Reply =>
  isDataForSeo(record(body)) ? readDataForSeo(record(body), context) : readSerpApi(bodiesOf(body), context);
