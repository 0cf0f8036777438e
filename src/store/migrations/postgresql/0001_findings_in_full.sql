CREATE TABLE "candidates" (
	"answer_id" text NOT NULL,
	"reading" integer NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"folded" text NOT NULL,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "candidates_answer_id_reading_number_pk" PRIMARY KEY("answer_id","reading","number")
);
--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "type" text;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "supports_start" integer;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "supports_end" integer;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "named" jsonb;--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "ghosts" jsonb;--> statement-breakpoint
ALTER TABLE "mentions" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "mentions" ADD COLUMN "denied" boolean;--> statement-breakpoint
ALTER TABLE "mentions" ADD COLUMN "uncited" boolean;--> statement-breakpoint
ALTER TABLE "mentions" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "mentions" ADD COLUMN "sentence_start" integer;--> statement-breakpoint
ALTER TABLE "mentions" ADD COLUMN "sentence_end" integer;