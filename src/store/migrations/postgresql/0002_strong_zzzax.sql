CREATE TABLE "redirects" (
	"id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"state" text NOT NULL,
	"target" text,
	"reason" text,
	"attempts" integer NOT NULL,
	"attempted_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "location_applied" boolean;