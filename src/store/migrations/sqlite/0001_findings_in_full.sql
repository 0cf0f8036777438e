CREATE TABLE `candidates` (
	`answer_id` text NOT NULL,
	`reading` integer NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`start` integer NOT NULL,
	`end` integer NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`answer_id`, `reading`, `number`)
);
--> statement-breakpoint
ALTER TABLE `citations` ADD `type` text;--> statement-breakpoint
ALTER TABLE `citations` ADD `supports_start` integer;--> statement-breakpoint
ALTER TABLE `citations` ADD `supports_end` integer;--> statement-breakpoint
ALTER TABLE `citations` ADD `named` text;--> statement-breakpoint
ALTER TABLE `findings` ADD `ghosts` text;--> statement-breakpoint
ALTER TABLE `mentions` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `mentions` ADD `denied` integer;--> statement-breakpoint
ALTER TABLE `mentions` ADD `uncited` integer;--> statement-breakpoint
ALTER TABLE `mentions` ADD `place` text;--> statement-breakpoint
ALTER TABLE `mentions` ADD `sentence_start` integer;--> statement-breakpoint
ALTER TABLE `mentions` ADD `sentence_end` integer;