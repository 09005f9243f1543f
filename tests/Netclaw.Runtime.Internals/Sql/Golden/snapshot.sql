CREATE TABLE "snapshot" (
  "persistence_id" NVarChar(255) NOT NULL,
  "sequence_number" BigInt NOT NULL,
  "created" BigInt NOT NULL,
  "snapshot" VarBinary NULL,
  "manifest" NVarChar(500) NULL,
  "serializer_id" INTEGER NULL,
  PRIMARY KEY ("persistence_id", "sequence_number"));
CREATE INDEX "snapshot_sequence_number_idx" ON "snapshot" ("sequence_number");
CREATE INDEX "snapshot_created_idx" ON "snapshot" ("created");
INSERT INTO snapshot VALUES ('registry', 2, 638000000000000100, x'aa', 'state-1', 4207);
INSERT INTO snapshot VALUES ('registry', 3, 638000000000000200, x'bbcc', 'state-2', 4207);
