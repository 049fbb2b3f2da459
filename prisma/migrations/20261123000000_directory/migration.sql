-- CreateTable
CREATE TABLE "Organisation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameFolded" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "country" TEXT,
    "region" TEXT,
    "regionSuggested" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "fictional" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "listedAt" DATETIME,
    "confirmedAt" DATETIME,
    "confirmedBy" TEXT
);

-- CreateTable
CREATE TABLE "Answer" (
    "organisationId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "provenance" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "changedIn" INTEGER NOT NULL,
    "sourceLanguage" TEXT,
    "sourceRevision" INTEGER,

    PRIMARY KEY ("organisationId", "question", "language"),
    CONSTRAINT "Answer_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PriorityArea" (
    "organisationId" TEXT NOT NULL,
    "area" TEXT NOT NULL,

    PRIMARY KEY ("organisationId", "area"),
    CONSTRAINT "PriorityArea_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Alias" (
    "organisationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameFolded" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("organisationId", "name"),
    CONSTRAINT "Alias_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FormerSlug" (
    "slug" TEXT NOT NULL PRIMARY KEY,
    "organisationId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "FormerSlug_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Contact" (
    "organisationId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "published" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("organisationId", "kind"),
    CONSTRAINT "Contact_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Revision" (
    "organisationId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "format" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "previousHash" TEXT,
    "hash" TEXT NOT NULL,

    PRIMARY KEY ("organisationId", "number"),
    CONSTRAINT "Revision_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Erasure" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organisationId" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "ImportedPage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "organisationId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "content" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    CONSTRAINT "ImportedPage_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SearchDocument" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "organisationId" TEXT NOT NULL,
    "analysis" INTEGER NOT NULL,
    CONSTRAINT "SearchDocument_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Directory" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "contentVersion" INTEGER NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Organisation_slug_key" ON "Organisation"("slug");

-- CreateIndex
CREATE INDEX "Organisation_status_nameFolded_idx" ON "Organisation"("status", "nameFolded");

-- CreateIndex
CREATE INDEX "Organisation_status_listedAt_idx" ON "Organisation"("status", "listedAt");

-- CreateIndex
CREATE INDEX "Organisation_status_country_idx" ON "Organisation"("status", "country");

-- CreateIndex
CREATE INDEX "Organisation_status_region_idx" ON "Organisation"("status", "region");

-- CreateIndex
CREATE INDEX "Organisation_nameFolded_idx" ON "Organisation"("nameFolded");

-- CreateIndex
CREATE INDEX "Answer_language_idx" ON "Answer"("language");

-- CreateIndex
CREATE INDEX "PriorityArea_area_idx" ON "PriorityArea"("area");

-- CreateIndex
CREATE INDEX "Alias_nameFolded_idx" ON "Alias"("nameFolded");

-- CreateIndex
CREATE INDEX "FormerSlug_organisationId_idx" ON "FormerSlug"("organisationId");

-- CreateIndex
CREATE INDEX "Erasure_organisationId_idx" ON "Erasure"("organisationId");

-- CreateIndex
CREATE INDEX "ImportedPage_organisationId_idx" ON "ImportedPage"("organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "SearchDocument_organisationId_key" ON "SearchDocument"("organisationId");


-- One row for the whole directory.
INSERT INTO "Directory" ("id", "contentVersion") VALUES (1, 1);
CREATE TRIGGER "Directory_stays" BEFORE DELETE ON "Directory"
BEGIN
  SELECT RAISE(ABORT, 'the row of the directory stays');
END;

-- Full-text index of the public text. Its tokens are folded and split by the program and joined by
-- spaces, so the tokenizer only has to split at spaces: "ascii" takes every other letter as it is.
CREATE VIRTUAL TABLE "SearchIndex" USING fts5 (
  names, places, answers,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE TRIGGER "SearchDocument_leaves_index" AFTER DELETE ON "SearchDocument"
BEGIN
  DELETE FROM "SearchIndex" WHERE rowid = OLD."id";
END;

-- Revisions are append-only. Two exceptions: an erasure on request, recorded first, puts a tombstone
-- in the place of the content; organisations invented for demonstration may go with their revisions.
CREATE TRIGGER "Revision_refuses_update" BEFORE UPDATE ON "Revision"
WHEN NOT (
  NEW."content" = '{"erased":true}'
  AND NEW."organisationId" IS OLD."organisationId"
  AND NEW."number" IS OLD."number"
  AND NEW."actor" IS OLD."actor"
  AND NEW."createdAt" IS OLD."createdAt"
  AND NEW."format" IS OLD."format"
  AND NEW."contentHash" IS OLD."contentHash"
  AND NEW."previousHash" IS OLD."previousHash"
  AND NEW."hash" IS OLD."hash"
  AND EXISTS (SELECT 1 FROM "Erasure" WHERE "organisationId" = OLD."organisationId")
)
BEGIN
  SELECT RAISE(ABORT, 'revisions are append-only');
END;
CREATE TRIGGER "Revision_refuses_delete" BEFORE DELETE ON "Revision"
WHEN NOT EXISTS (
  SELECT 1 FROM "Organisation" WHERE "id" = OLD."organisationId" AND "fictional" = 1
)
BEGIN
  SELECT RAISE(ABORT, 'revisions are append-only');
END;
-- REPLACE deletes the row in its way without firing the triggers of a deletion.
CREATE TRIGGER "Revision_refuses_replace" BEFORE INSERT ON "Revision"
WHEN EXISTS (
  SELECT 1 FROM "Revision"
  WHERE "organisationId" = NEW."organisationId" AND "number" = NEW."number"
)
BEGIN
  SELECT RAISE(ABORT, 'revisions are append-only');
END;
CREATE TRIGGER "Erasure_refuses_replace" BEFORE INSERT ON "Erasure"
WHEN EXISTS (SELECT 1 FROM "Erasure" WHERE "id" = NEW."id")
BEGIN
  SELECT RAISE(ABORT, 'erasures are append-only');
END;
CREATE TRIGGER "Erasure_refuses_update" BEFORE UPDATE ON "Erasure"
BEGIN
  SELECT RAISE(ABORT, 'erasures are append-only');
END;
CREATE TRIGGER "Erasure_refuses_delete" BEFORE DELETE ON "Erasure"
BEGIN
  SELECT RAISE(ABORT, 'erasures are append-only');
END;
CREATE TRIGGER "Organisation_never_becomes_fictional" BEFORE UPDATE OF "fictional" ON "Organisation"
WHEN NEW."fictional" = 1 AND OLD."fictional" = 0
BEGIN
  SELECT RAISE(ABORT, 'an organisation that is real stays real');
END;
