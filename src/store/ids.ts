/** Ids are made before writing, ordered by time, so that a repeated write meets its own row. */
export { v7 as newId } from "uuid";
