CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `calls` (
	`question_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`run_id` text NOT NULL,
	`assistant_id` text NOT NULL,
	`started_at` integer NOT NULL,
	`took_ms` integer,
	`payment` text NOT NULL,
	`cost_micro_usd` integer,
	`reason` text,
	PRIMARY KEY(`question_id`, `attempt`)
);
--> statement-breakpoint
CREATE INDEX `calls_run` ON `calls` (`run_id`);--> statement-breakpoint
CREATE TABLE `lanes` (
	`name` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`paused_until` integer NOT NULL,
	`concurrency` integer NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `questions_state`;--> statement-breakpoint
ALTER TABLE `questions` ADD `queued` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `questions_turn` ON `questions` (`run_id`,`state`,`queued`,`assistant_id`,`id`);--> statement-breakpoint
DROP INDEX `runs_due`;--> statement-breakpoint
ALTER TABLE `runs` ADD `prompt_group` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `questions` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `forecast_micro_usd` integer;--> statement-breakpoint
ALTER TABLE `runs` ADD `opened_at` integer;--> statement-breakpoint
ALTER TABLE `runs` ADD `ended_at` integer;--> statement-breakpoint
CREATE INDEX `runs_state` ON `runs` (`state`,`project_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `runs_due` ON `runs` (`project_id`,`due_at`,`purpose`,`prompt_group`);--> statement-breakpoint
ALTER TABLE `assistants` ADD `requests_per_minute` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `given_up_at` integer;--> statement-breakpoint
ALTER TABLE `projects` ADD `groups` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `projects` ADD `quiet` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `projects` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `projects` ADD `keep` text DEFAULT '{"rawDays":null,"answerDays":null}' NOT NULL;