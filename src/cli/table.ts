/** Tables for a terminal: columns as wide as their widest cell, numbers to the right. */

/** Width on a terminal: marks take none, wide East Asian letters and emoji take two. */
function widthOf(text: string): number {
  // eslint-disable-next-line no-control-regex -- colour codes take no room
  const plain = text.replace(/\u001b\[\d+m/g, "");
  let width = 0;
  for (const character of plain)
    width += /\p{M}|\u200b|\ufe0f/u.test(character)
      ? 0
      : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|\p{Extended_Pictographic}/u.test(character)
        ? 2
        : 1;
  return width;
}

/** Rows as lines; the first row is the heading, columns from `rightFrom` on stand to the right. */
export function table(rows: string[][], rightFrom: number, heading: (text: string) => string): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
  return rows.map((row, i) => {
    const line = row
      .map((cell, column) => {
        const gap = " ".repeat(widths[column]! - widthOf(cell));
        return column >= rightFrom ? gap + cell : cell + gap;
      })
      .join("  ")
      .trimEnd();
    return i === 0 ? heading(line) : line;
  });
}
