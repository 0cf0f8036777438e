/** Keeps where redirects lead, so that each is asked once. */
import { createHash } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { chunks, type Db } from "./store.ts";

export interface Redirect {
  url: string;
  state: "waiting" | "resolved" | "failed";
  /** Where it leads; null until it is resolved. */
  target: string | null;
  /** Why it is not resolved. */
  reason: string | null;
  attempts: number;
  attemptedAt: number;
}

const idOf = (url: string): string => createHash("sha256").update(url).digest("hex");

/** What is known of these redirects, by address. */
export async function findRedirects(db: Db, urls: string[]): Promise<Map<string, Redirect>> {
  const { redirects } = db.tables;
  const found = new Map<string, Redirect>();
  for (const ids of chunks([...new Set(urls)].map(idOf)))
    for (const row of await db.select().from(redirects).where(inArray(redirects.id, ids))) found.set(row.url, row);
  return found;
}

/** Writes what an attempt has brought; one that is resolved stays so. */
export async function saveRedirect(tx: Db, redirect: Redirect): Promise<void> {
  const { redirects } = tx.tables;
  const id = idOf(redirect.url);
  const [known] = await tx.select().from(redirects).where(eq(redirects.id, id));
  if (known?.state === "resolved") return;
  if (known) await tx.update(redirects).set(redirect).where(eq(redirects.id, id));
  else
    await tx
      .insert(redirects)
      .values({ id, ...redirect })
      .onConflictDoNothing();
}
