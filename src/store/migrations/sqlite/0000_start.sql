CREATE TABLE `answers` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`prompt_version_id` text NOT NULL,
	`assistant_id` text NOT NULL,
	`purpose` text NOT NULL,
	`day` text NOT NULL,
	`outcome` text NOT NULL,
	`search` integer NOT NULL,
	`text` text NOT NULL,
	`asides` text NOT NULL,
	`searches` text NOT NULL,
	`sources` text NOT NULL,
	`citations` text NOT NULL,
	`requested_model` text NOT NULL,
	`served_model` text,
	`usage` text,
	`cost_micro_usd` integer,
	`finish` text,
	`asked_at` integer NOT NULL,
	`took_ms` integer NOT NULL,
	`reading` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `answers_day` ON `answers` (`project_id`,`day`);--> statement-breakpoint
CREATE TABLE `assistants` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`key` text NOT NULL,
	`title` text NOT NULL,
	`adapter` text NOT NULL,
	`model` text NOT NULL,
	`surface` text NOT NULL,
	`search` integer NOT NULL,
	`concurrency` integer NOT NULL,
	`settings` text NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assistants_key` ON `assistants` (`project_id`,`key`);--> statement-breakpoint
CREATE TABLE `brands` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`aliases` text NOT NULL,
	`domains` text NOT NULL,
	`products` text NOT NULL,
	`matching` text NOT NULL,
	`facts` text NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `brands_key` ON `brands` (`project_id`,`key`);--> statement-breakpoint
CREATE TABLE `citations` (
	`answer_id` text NOT NULL,
	`reading` integer NOT NULL,
	`number` integer NOT NULL,
	`url` text NOT NULL,
	`title` text,
	`canonical_url` text NOT NULL,
	`host` text NOT NULL,
	`domain` text NOT NULL,
	`owner_brand_id` text,
	`kind` text NOT NULL,
	`start` integer,
	`end` integer,
	PRIMARY KEY(`answer_id`, `reading`, `number`)
);
--> statement-breakpoint
CREATE TABLE `dirty_days` (
	`project_id` text NOT NULL,
	`day` text NOT NULL,
	`mark` text NOT NULL,
	PRIMARY KEY(`project_id`, `day`)
);
--> statement-breakpoint
CREATE TABLE `findings` (
	`answer_id` text NOT NULL,
	`reading` integer NOT NULL,
	`ranking_source` text,
	`positions` text NOT NULL,
	PRIMARY KEY(`answer_id`, `reading`)
);
--> statement-breakpoint
CREATE TABLE `jobs` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`lane` text NOT NULL,
	`payload` text NOT NULL,
	`run_at` integer NOT NULL,
	`lease_until` integer NOT NULL,
	`attempts` integer NOT NULL,
	`again` integer NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`lane`,`run_at`,`key`);--> statement-breakpoint
CREATE TABLE `mentions` (
	`answer_id` text NOT NULL,
	`reading` integer NOT NULL,
	`number` integer NOT NULL,
	`brand_id` text NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`form` text NOT NULL,
	`via` text NOT NULL,
	`certainty` text NOT NULL,
	PRIMARY KEY(`answer_id`, `reading`, `number`)
);
--> statement-breakpoint
CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`country` text,
	`timezone` text NOT NULL,
	`languages` text NOT NULL,
	`schedule` text,
	`repeats` integer NOT NULL,
	`budget` text NOT NULL,
	`alerts` text NOT NULL,
	`prices` text NOT NULL,
	`brand_set_version` integer NOT NULL,
	`reading` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `projects_key_unique` ON `projects` (`key`);--> statement-breakpoint
CREATE TABLE `prompt_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`prompt_id` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`language` text NOT NULL,
	`country` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompt_versions_version` ON `prompt_versions` (`prompt_id`,`version`);--> statement-breakpoint
CREATE TABLE `prompts` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`key` text NOT NULL,
	`phase` text NOT NULL,
	`segment` text,
	`role` text,
	`topic` text,
	`tags` text NOT NULL,
	`branded` integer NOT NULL,
	`version_id` text NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prompts_key` ON `prompts` (`project_id`,`key`);--> statement-breakpoint
CREATE TABLE `questions` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`project_id` text NOT NULL,
	`prompt_id` text NOT NULL,
	`prompt_version_id` text NOT NULL,
	`assistant_id` text NOT NULL,
	`repeat` integer NOT NULL,
	`purpose` text NOT NULL,
	`day` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`estimate_micro_usd` integer NOT NULL,
	`failure` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `questions_cell` ON `questions` (`run_id`,`prompt_version_id`,`assistant_id`,`repeat`);--> statement-breakpoint
CREATE INDEX `questions_state` ON `questions` (`run_id`,`state`);--> statement-breakpoint
CREATE TABLE `raw_replies` (
	`answer_id` text PRIMARY KEY NOT NULL,
	`body` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `readings` (
	`project_id` text NOT NULL,
	`number` integer NOT NULL,
	`parser_version` integer NOT NULL,
	`brand_set_version` integer NOT NULL,
	PRIMARY KEY(`project_id`, `number`)
);
--> statement-breakpoint
CREATE TABLE `rollups` (
	`project_id` text NOT NULL,
	`day` text NOT NULL,
	`prompt_version_id` text NOT NULL,
	`assistant_id` text NOT NULL,
	`served_model` text NOT NULL,
	`brand_id` text NOT NULL,
	`answers` integer NOT NULL,
	`named` integer NOT NULL,
	`ranked` integer NOT NULL,
	`top3` integer NOT NULL,
	`searched` integer NOT NULL,
	`cited` integer NOT NULL,
	PRIMARY KEY(`project_id`, `day`, `prompt_version_id`, `assistant_id`, `served_model`, `brand_id`)
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`due_at` integer NOT NULL,
	`day` text NOT NULL,
	`purpose` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_due` ON `runs` (`project_id`,`due_at`,`purpose`);--> statement-breakpoint
CREATE TABLE `spending` (
	`project_id` text NOT NULL,
	`period` text NOT NULL,
	`reserved_micro_usd` integer NOT NULL,
	`spent_micro_usd` integer NOT NULL,
	PRIMARY KEY(`project_id`, `period`)
);
