CREATE TABLE "outcome_rollups" (
	"project_id" text NOT NULL,
	"day" text NOT NULL,
	"prompt_version_id" text NOT NULL,
	"assistant_id" text NOT NULL,
	"served_model" text NOT NULL,
	"outcome" text NOT NULL,
	"replies" integer NOT NULL,
	"cost_micro_usd" bigint NOT NULL,
	"priced" integer NOT NULL,
	"unlocated" integer NOT NULL,
	CONSTRAINT "outcome_rollups_project_id_day_prompt_version_id_assistant_id_served_model_outcome_pk" PRIMARY KEY("project_id","day","prompt_version_id","assistant_id","served_model","outcome")
);
--> statement-breakpoint
CREATE TABLE "source_rollups" (
	"project_id" text NOT NULL,
	"day" text NOT NULL,
	"assistant_id" text NOT NULL,
	"domain" text NOT NULL,
	"url" text NOT NULL,
	"owner" text NOT NULL,
	"answers" integer NOT NULL,
	"citations" integer NOT NULL,
	CONSTRAINT "source_rollups_project_id_day_assistant_id_domain_url_owner_pk" PRIMARY KEY("project_id","day","assistant_id","domain","url","owner")
);
--> statement-breakpoint
CREATE TABLE "surface_days" (
	"project_id" text NOT NULL,
	"day" text NOT NULL,
	"surface" text NOT NULL,
	"prompt_versions" jsonb NOT NULL,
	"brands" jsonb NOT NULL,
	"counts" "bytea" NOT NULL,
	"models" jsonb NOT NULL,
	CONSTRAINT "surface_days_project_id_surface_day_pk" PRIMARY KEY("project_id","surface","day")
);
--> statement-breakpoint
CREATE TABLE "verdicts" (
	"answer_id" text NOT NULL,
	"brand_id" text NOT NULL,
	"judge" text NOT NULL,
	"prompt_version" integer NOT NULL,
	"tone" text NOT NULL,
	"quote" text NOT NULL,
	CONSTRAINT "verdicts_answer_id_brand_id_pk" PRIMARY KEY("answer_id","brand_id")
);
--> statement-breakpoint
ALTER TABLE "assistants" ADD COLUMN "attention" jsonb;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "answers_kept_from" text;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "data_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "top1" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "reciprocal_ranks" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "citing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "ghosts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "uncited" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "judged" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "positive" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "negative" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "present" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rollups" ADD COLUMN "without_own" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
INSERT INTO "dirty_days" SELECT DISTINCT "project_id", "day", 'fuller' FROM "rollups" ON CONFLICT DO NOTHING;
