CREATE TABLE `outcome_rollups` (
	`project_id` text NOT NULL,
	`day` text NOT NULL,
	`prompt_version_id` text NOT NULL,
	`assistant_id` text NOT NULL,
	`served_model` text NOT NULL,
	`outcome` text NOT NULL,
	`replies` integer NOT NULL,
	`cost_micro_usd` integer NOT NULL,
	`priced` integer NOT NULL,
	`unlocated` integer NOT NULL,
	PRIMARY KEY(`project_id`, `day`, `prompt_version_id`, `assistant_id`, `served_model`, `outcome`)
);
--> statement-breakpoint
CREATE TABLE `source_rollups` (
	`project_id` text NOT NULL,
	`day` text NOT NULL,
	`assistant_id` text NOT NULL,
	`domain` text NOT NULL,
	`url` text NOT NULL,
	`owner` text NOT NULL,
	`answers` integer NOT NULL,
	`citations` integer NOT NULL,
	PRIMARY KEY(`project_id`, `day`, `assistant_id`, `domain`, `url`, `owner`)
);
--> statement-breakpoint
CREATE TABLE `surface_days` (
	`project_id` text NOT NULL,
	`day` text NOT NULL,
	`surface` text NOT NULL,
	`prompt_versions` text NOT NULL,
	`brands` text NOT NULL,
	`counts` blob NOT NULL,
	`models` text NOT NULL,
	PRIMARY KEY(`project_id`, `surface`, `day`)
);
--> statement-breakpoint
CREATE TABLE `verdicts` (
	`answer_id` text NOT NULL,
	`brand_id` text NOT NULL,
	`judge` text NOT NULL,
	`prompt_version` integer NOT NULL,
	`tone` text NOT NULL,
	`quote` text NOT NULL,
	PRIMARY KEY(`answer_id`, `brand_id`)
);
--> statement-breakpoint
ALTER TABLE `assistants` ADD `attention` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `answers_kept_from` text;--> statement-breakpoint
ALTER TABLE `projects` ADD `data_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `top1` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `reciprocal_ranks` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `citing` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `ghosts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `uncited` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `judged` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `positive` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `negative` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `present` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rollups` ADD `without_own` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
INSERT OR IGNORE INTO `dirty_days` SELECT DISTINCT `project_id`, `day`, 'fuller' FROM `rollups`;
