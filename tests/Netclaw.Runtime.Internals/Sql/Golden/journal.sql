CREATE TABLE "journal" (
  "ordering" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "created" BigInt NOT NULL,
  "deleted" Bit NOT NULL,
  "persistence_id" NVarChar(255) NOT NULL,
  "sequence_number" BigInt NOT NULL,
  "message" VarBinary NOT NULL,
  "manifest" NVarChar(500) NULL,
  "identifier" INTEGER NULL,
  "writer_uuid" NVarChar(128) NULL);
CREATE UNIQUE INDEX "journal_uq" ON "journal" ("persistence_id", "sequence_number");
CREATE INDEX "journal_created_idx" ON "journal" ("created");
CREATE INDEX "journal_sequence_number_idx" ON "journal" ("sequence_number");
CREATE TABLE "tags" (
  "ordering_id" BigInt NOT NULL,
  "tag" NVarChar(64) NOT NULL,
  "sequence_nr" BigInt NOT NULL,
  "persistence_id" NVarChar(255) NOT NULL,
  PRIMARY KEY ("ordering_id", "tag"));
CREATE INDEX "tags_persistence_id_sequence_nr_idx" ON "tags" ("persistence_id", "sequence_nr");
CREATE INDEX "tags_tag_idx" ON "tags" ("tag");
INSERT INTO journal VALUES (1, 638000000000000001, 0, 'registry', 1, x'0102', 'code-created', 4207, 'w-1');
INSERT INTO journal VALUES (2, 638000000000000002, 0, 'registry', 2, x'', '', 4, 'w-1');
INSERT INTO journal VALUES (3, 638000000000000003, 0, 'registry', 3, x'ff00ff', 'gerät-🦞', 4207, 'w-2');
INSERT INTO journal VALUES (4, 638000000000000004, 1, 'gone', 7, x'07', 'm', 4207, 'w-2');
INSERT INTO journal VALUES (5, 638000000000000005, 0, 'legacy', 1, x'01', NULL, 4, NULL);
INSERT INTO tags VALUES (3, 'device', 3, 'registry');
