/** A log that keeps its lines for the test instead of printing them. */
import { createLog, type Log } from "../../src/log.ts";

export const logInto = (lines: string[] = []): Log =>
  createLog("info", (text) => text, { write: (line) => void lines.push(line) });
