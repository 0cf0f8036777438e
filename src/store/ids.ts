/** Ids are made before writing, ordered by time, so that a repeated write meets its own row. */
export { v7 as newId } from "uuid";

/** The same id for the same name in the same project (`space`), so that what comes twice is known. */
export { v5 as namedId } from "uuid";
