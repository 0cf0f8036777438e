/** Groq's compound systems: POST /openai/v1/chat/completions; what was searched stands in `executed_tools`. */
import { pagesPerSearch } from "../draw.ts";
import { isObject, objectsOf, type JsonObject } from "../json.ts";
import type { Answer } from "../telling/tell.ts";
import { chat, chatReply } from "./chat.ts";
import type { Problem, Wire, WireReply, WireRequest } from "./wire.ts";

function read(body: JsonObject): WireRequest | Problem {
  const asked = chat.read(body);
  if ("kind" in asked) return asked;
  const custom = body["compound_custom"];
  const tools = isObject(custom) && isObject(custom["tools"]) ? custom["tools"]["enabled_tools"] : [];
  return { ...asked, search: Array.isArray(tools) && tools.includes("web_search") ? "auto" : "off" };
}

const executedTools = ({ queries, draw }: Answer): JsonObject[] =>
  queries.map((query, index) => ({
    index,
    type: "search",
    arguments: JSON.stringify({ query }),
    output: "",
    search_results: {
      results: draw.found
        .slice(index * pagesPerSearch, (index + 1) * pagesPerSearch)
        .map(({ title, url }, nth) => ({ title, url, content: title, score: 1 - nth / pagesPerSearch })),
    },
  }));

function reply(answer: Answer): WireReply {
  const plain = chatReply(answer, false);
  const choices = objectsOf(plain.body["choices"]).map((choice) => ({
    ...choice,
    message: { ...(isObject(choice["message"]) && choice["message"]), executed_tools: executedTools(answer) },
  }));
  return { ...plain, body: { ...plain.body, choices, x_groq: { id: plain.body["id"] } } };
}

export const groq: Wire = { ...chat, id: "groq", path: "/openai/v1/chat/completions", read, reply };
