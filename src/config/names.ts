/** Takes what is known of names elsewhere (who reads texts knows which names are risky) to their places in the file. */
import type { BrandInput } from "./schema.ts";
import type { Path, Source } from "./source.ts";

/** Something to say about a name of `brands[brand]`; what is refused must be mended before the file can be used. */
export interface NameComplaint {
  brand: number;
  field: "name" | "aliases" | "products";
  index: number | null;
  refused: boolean;
  text: string;
}

/** Looks at the names of a project, its own brand first. */
export type LookAtNames = (brands: BrandInput[], languages: string[]) => NameComplaint[];

/** Complaints with file, line and path: what is refused, and what is only warned of. */
export function placeComplaints(
  complaints: NameComplaint[],
  paths: Path[],
  source: Source,
): { refused: string[]; warned: string[] } {
  const lines = (refused: boolean) =>
    complaints
      .filter((complaint) => complaint.refused === refused)
      .map(({ brand, field, index, text }) => {
        const path = [...paths[brand]!, field, ...(index === null ? [] : [index])];
        return `${source.place(path)}: ${text}`;
      });
  return { refused: lines(true), warned: lines(false) };
}
