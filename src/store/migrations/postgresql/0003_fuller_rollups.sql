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
CREATE TABLE "surface_rollups" (
	"project_id" text NOT NULL,
	"day" text NOT NULL,
	"surface" text NOT NULL,
	"prompt_version_id" text NOT NULL,
	"brand_id" text NOT NULL,
	"answers" integer NOT NULL,
	"named" integer NOT NULL,
	"ranked" integer NOT NULL,
	"top1" integer DEFAULT 0 NOT NULL,
	"top3" integer NOT NULL,
	"reciprocal_ranks" double precision DEFAULT 0 NOT NULL,
	"searched" integer NOT NULL,
	"citing" integer DEFAULT 0 NOT NULL,
	"cited" integer NOT NULL,
	"ghosts" integer DEFAULT 0 NOT NULL,
	"uncited" integer DEFAULT 0 NOT NULL,
	"judged" integer DEFAULT 0 NOT NULL,
	"positive" integer DEFAULT 0 NOT NULL,
	"negative" integer DEFAULT 0 NOT NULL,
	"present" integer DEFAULT 0 NOT NULL,
	"without_own" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "surface_rollups_project_id_day_surface_prompt_version_id_brand_id_pk" PRIMARY KEY("project_id","day","surface","prompt_version_id","brand_id")
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
