/** Remembers what went by, outside of memory and outside of the project's database; gone with the process. */
import Database from "better-sqlite3";

export interface Seen {
  /** Remembers a name with its content; says whether it came before, with the same content or another. */
  add(name: string, content: string): "new" | "same" | "other";
  close(): void;
}

export function openSeen(): Seen {
  const connection = new Database(""); // a temporary file without a name: SQLite keeps a few pages of it in memory
  connection.exec("create table seen (name text primary key, content text not null) without rowid");
  const keep = connection.prepare("insert into seen values (?, ?) on conflict do nothing");
  const find = connection.prepare<[string], string>("select content from seen where name = ?").pluck();
  connection.pragma("journal_mode = off");
  return {
    add: (name, content) => {
      if (keep.run(name, content).changes > 0) return "new";
      return find.get(name) === content ? "same" : "other";
    },
    close: () => void connection.close(),
  };
}
