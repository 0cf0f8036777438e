CREATE TABLE "answers" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"prompt_version_id" text NOT NULL,
	"assistant_id" text NOT NULL,
	"purpose" text NOT NULL,
	"day" text NOT NULL,
	"outcome" text NOT NULL,
	"search" boolean NOT NULL,
	"text" text NOT NULL,
	"asides" jsonb NOT NULL,
	"searches" jsonb NOT NULL,
	"sources" jsonb NOT NULL,
	"citations" jsonb NOT NULL,
	"requested_model" text NOT NULL,
	"served_model" text,
	"usage" jsonb,
	"cost_micro_usd" bigint,
	"finish" text,
	"asked_at" bigint NOT NULL,
	"took_ms" integer NOT NULL,
	"reading" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assistants" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"adapter" text NOT NULL,
	"model" text NOT NULL,
	"surface" text NOT NULL,
	"search" boolean NOT NULL,
	"concurrency" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "brands" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"aliases" jsonb NOT NULL,
	"domains" jsonb NOT NULL,
	"products" jsonb NOT NULL,
	"matching" jsonb NOT NULL,
	"facts" jsonb NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "citations" (
	"answer_id" text NOT NULL,
	"reading" integer NOT NULL,
	"number" integer NOT NULL,
	"url" text NOT NULL,
	"title" text,
	"canonical_url" text NOT NULL,
	"host" text NOT NULL,
	"domain" text NOT NULL,
	"owner_brand_id" text,
	"kind" text NOT NULL,
	"start" integer,
	"end" integer,
	CONSTRAINT "citations_answer_id_reading_number_pk" PRIMARY KEY("answer_id","reading","number")
);
--> statement-breakpoint
CREATE TABLE "dirty_days" (
	"project_id" text NOT NULL,
	"day" text NOT NULL,
	"mark" text NOT NULL,
	CONSTRAINT "dirty_days_project_id_day_pk" PRIMARY KEY("project_id","day")
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"answer_id" text NOT NULL,
	"reading" integer NOT NULL,
	"ranking_source" text,
	"positions" jsonb NOT NULL,
	CONSTRAINT "findings_answer_id_reading_pk" PRIMARY KEY("answer_id","reading")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"key" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"lane" text NOT NULL,
	"payload" jsonb NOT NULL,
	"run_at" bigint NOT NULL,
	"lease_until" bigint NOT NULL,
	"attempts" integer NOT NULL,
	"again" boolean NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "mentions" (
	"answer_id" text NOT NULL,
	"reading" integer NOT NULL,
	"number" integer NOT NULL,
	"brand_id" text NOT NULL,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"form" text NOT NULL,
	"via" text NOT NULL,
	"certainty" text NOT NULL,
	CONSTRAINT "mentions_answer_id_reading_number_pk" PRIMARY KEY("answer_id","reading","number")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"country" text,
	"timezone" text NOT NULL,
	"languages" jsonb NOT NULL,
	"schedule" jsonb,
	"repeats" integer NOT NULL,
	"budget" jsonb NOT NULL,
	"alerts" jsonb NOT NULL,
	"prices" jsonb NOT NULL,
	"brand_set_version" integer NOT NULL,
	"reading" integer NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "projects_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "prompt_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"prompt_id" text NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"country" text
);
--> statement-breakpoint
CREATE TABLE "prompts" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key" text NOT NULL,
	"phase" text NOT NULL,
	"segment" text,
	"role" text,
	"topic" text,
	"tags" jsonb NOT NULL,
	"branded" boolean NOT NULL,
	"version_id" text NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"project_id" text NOT NULL,
	"prompt_id" text NOT NULL,
	"prompt_version_id" text NOT NULL,
	"assistant_id" text NOT NULL,
	"repeat" integer NOT NULL,
	"purpose" text NOT NULL,
	"day" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"estimate_micro_usd" bigint NOT NULL,
	"failure" jsonb
);
--> statement-breakpoint
CREATE TABLE "raw_replies" (
	"answer_id" text PRIMARY KEY NOT NULL,
	"body" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "readings" (
	"project_id" text NOT NULL,
	"number" integer NOT NULL,
	"parser_version" integer NOT NULL,
	"brand_set_version" integer NOT NULL,
	CONSTRAINT "readings_project_id_number_pk" PRIMARY KEY("project_id","number")
);
--> statement-breakpoint
CREATE TABLE "rollups" (
	"project_id" text NOT NULL,
	"day" text NOT NULL,
	"prompt_version_id" text NOT NULL,
	"assistant_id" text NOT NULL,
	"served_model" text NOT NULL,
	"brand_id" text NOT NULL,
	"answers" integer NOT NULL,
	"named" integer NOT NULL,
	"ranked" integer NOT NULL,
	"top3" integer NOT NULL,
	"searched" integer NOT NULL,
	"cited" integer NOT NULL,
	CONSTRAINT "rollups_project_id_day_prompt_version_id_assistant_id_served_model_brand_id_pk" PRIMARY KEY("project_id","day","prompt_version_id","assistant_id","served_model","brand_id")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"due_at" bigint NOT NULL,
	"day" text NOT NULL,
	"purpose" text NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spending" (
	"project_id" text NOT NULL,
	"period" text NOT NULL,
	"reserved_micro_usd" bigint NOT NULL,
	"spent_micro_usd" bigint NOT NULL,
	CONSTRAINT "spending_project_id_period_pk" PRIMARY KEY("project_id","period")
);
--> statement-breakpoint
CREATE INDEX "answers_day" ON "answers" USING btree ("project_id","day");--> statement-breakpoint
CREATE UNIQUE INDEX "assistants_key" ON "assistants" USING btree ("project_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "brands_key" ON "brands" USING btree ("project_id","key");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("lane","run_at","key");--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_versions_version" ON "prompt_versions" USING btree ("prompt_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_key" ON "prompts" USING btree ("project_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "questions_cell" ON "questions" USING btree ("run_id","prompt_version_id","assistant_id","repeat");--> statement-breakpoint
CREATE INDEX "questions_state" ON "questions" USING btree ("run_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_due" ON "runs" USING btree ("project_id","due_at","purpose");