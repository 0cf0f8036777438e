// Where drizzle-kit finds the tables and puts the migrations; DIALECT=postgresql for the second set.
import { defineConfig } from "drizzle-kit";

const dialect = process.env["DIALECT"] === "postgresql" ? "postgresql" : "sqlite";

export default defineConfig({
  dialect,
  schema: `./src/store/schema.${dialect}.ts`,
  out: `./src/store/migrations/${dialect}`,
});
