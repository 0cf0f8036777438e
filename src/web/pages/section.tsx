/** A part of a page under its heading, which says of which surface its numbers are. */
import type { Child } from "hono/jsx";
import type { Surface } from "../../domain.ts";
import { shownSurface } from "../../measures/report.ts";

interface SectionProps {
  title: string;
  /** Left out where the part itself says of each number. */
  surface?: Surface | undefined;
  /** What is said before a table that may be wider than the page. */
  lead?: Child;
  children: Child;
}

export const Section = ({ title, surface, lead, children }: SectionProps) => (
  <section>
    <h2>
      {title} {surface && <span class="tag">{shownSurface(surface)}</span>}
    </h2>
    {lead}
    <div class="scroll">{children}</div>
  </section>
);

/** The first row of a table. */
export const HeadingRow = ({ heading }: { heading: string[] }) => (
  <thead>
    <tr>
      {heading.map((text) => (
        <th scope="col">{text}</th>
      ))}
    </tr>
  </thead>
);
