CREATE TABLE "audit" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"question_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"run_id" text NOT NULL,
	"assistant_id" text NOT NULL,
	"started_at" bigint NOT NULL,
	"took_ms" integer,
	"payment" text NOT NULL,
	"cost_micro_usd" bigint,
	"reason" text,
	CONSTRAINT "calls_question_id_attempt_pk" PRIMARY KEY("question_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "lanes" (
	"name" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"paused_until" bigint NOT NULL,
	"concurrency" integer NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "questions_state";--> statement-breakpoint
DROP INDEX "runs_due";--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "requests_per_minute" integer;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "given_up_at" bigint;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "groups" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "quiet" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "paused_at" bigint;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "keep" jsonb DEFAULT '{"rawDays":null,"answerDays":null}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "queued" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "prompt_group" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "questions" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "forecast_micro_usd" bigint;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "opened_at" bigint;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "ended_at" bigint;--> statement-breakpoint
CREATE INDEX "calls_run" ON "calls" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "questions_turn" ON "questions" USING btree ("run_id","state","queued","assistant_id","id");--> statement-breakpoint
CREATE INDEX "runs_state" ON "runs" USING btree ("state","project_id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_due" ON "runs" USING btree ("project_id","due_at","purpose","prompt_group");