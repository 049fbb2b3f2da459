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
    "indexVersion" INTEGER NOT NULL,
    CONSTRAINT "SearchDocument_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "IndexTombstone" (
    "sequence" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "documentId" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "ContentVersion" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "contentVersion" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "twoFactorEnabled" BOOLEAN NOT NULL DEFAULT false,
    "role" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "disabledAt" DATETIME,
    "lastTotpStep" INTEGER
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "token" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "reauthenticatedAt" DATETIME,
    CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" DATETIME,
    "refreshTokenExpiresAt" DATETIME,
    "scope" TEXT,
    "password" TEXT,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "TwoFactor" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "secret" TEXT NOT NULL,
    "backupCodes" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT true,
    "failedVerificationCount" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" DATETIME,
    CONSTRAINT "TwoFactor_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "UserRegion" (
    "userId" TEXT NOT NULL,
    "region" TEXT NOT NULL,

    PRIMARY KEY ("userId", "region"),
    CONSTRAINT "UserRegion_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "UserOrganisation" (
    "userId" TEXT NOT NULL,
    "organisationId" TEXT NOT NULL,

    PRIMARY KEY ("userId", "organisationId"),
    CONSTRAINT "UserOrganisation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "UserOrganisation_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "UserLanguage" (
    "userId" TEXT NOT NULL,
    "language" TEXT NOT NULL,

    PRIMARY KEY ("userId", "language"),
    CONSTRAINT "UserLanguage_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "OneTimeToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "userId" TEXT,
    "organisationId" TEXT,
    "email" TEXT,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    CONSTRAINT "OneTimeToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "OneTimeToken_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RateLimiterFlexible" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "points" INTEGER NOT NULL,
    "expire" DATETIME
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "createdAt" DATETIME NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "detail" TEXT NOT NULL,
    "previousHash" TEXT,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "OutboxMail" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "recipient" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "values" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" DATETIME NOT NULL,
    "sentAt" DATETIME,
    "failedAt" DATETIME,
    "failure" TEXT
);

-- CreateTable
CREATE TABLE "JobLease" (
    "job" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "until" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Proposal" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organisationId" TEXT NOT NULL,
    "baseVersion" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "authorEmail" TEXT NOT NULL,
    "authorLocale" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "decidedAt" DATETIME,
    "decidedBy" TEXT,
    "answer" TEXT,
    CONSTRAINT "Proposal_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FormDraft" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT,
    "linkId" TEXT,
    "organisationId" TEXT,
    "baseVersion" INTEGER,
    "fields" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "FormDraft_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "FormDraft_linkId_fkey" FOREIGN KEY ("linkId") REFERENCES "OneTimeToken" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "FormDraft_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "receivedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "EditingPresence" (
    "organisationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "openedAt" DATETIME NOT NULL,

    PRIMARY KEY ("organisationId", "userId"),
    CONSTRAINT "EditingPresence_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "EditingPresence_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
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

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");

-- CreateIndex
CREATE INDEX "TwoFactor_secret_idx" ON "TwoFactor"("secret");

-- CreateIndex
CREATE INDEX "TwoFactor_userId_idx" ON "TwoFactor"("userId");

-- CreateIndex
CREATE INDEX "UserOrganisation_organisationId_idx" ON "UserOrganisation"("organisationId");

-- CreateIndex
CREATE INDEX "OneTimeToken_userId_idx" ON "OneTimeToken"("userId");

-- CreateIndex
CREATE INDEX "OneTimeToken_organisationId_idx" ON "OneTimeToken"("organisationId");

-- CreateIndex
CREATE INDEX "AuditEntry_action_idx" ON "AuditEntry"("action");

-- CreateIndex
CREATE INDEX "AuditEntry_actor_idx" ON "AuditEntry"("actor");

-- CreateIndex
CREATE INDEX "OutboxMail_sentAt_nextAttemptAt_idx" ON "OutboxMail"("sentAt", "nextAttemptAt");

-- CreateIndex
CREATE INDEX "Proposal_status_createdAt_idx" ON "Proposal"("status", "createdAt");

-- CreateIndex
CREATE INDEX "Proposal_organisationId_idx" ON "Proposal"("organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "FormDraft_linkId_key" ON "FormDraft"("linkId");

-- CreateIndex
CREATE INDEX "FormDraft_userId_organisationId_idx" ON "FormDraft"("userId", "organisationId");

-- CreateIndex
CREATE INDEX "FormDraft_organisationId_idx" ON "FormDraft"("organisationId");

-- CreateIndex
CREATE INDEX "IdempotencyKey_receivedAt_idx" ON "IdempotencyKey"("receivedAt");

-- CreateIndex
CREATE INDEX "EditingPresence_userId_idx" ON "EditingPresence"("userId");

-- One row for the whole directory.
INSERT INTO "ContentVersion" ("id", "contentVersion") VALUES (1, 1);
CREATE TRIGGER "ContentVersion_refuses_delete" BEFORE DELETE ON "ContentVersion"
BEGIN
  SELECT RAISE(ABORT, 'the row of the directory stays');
END;

-- Full-text index of the public text. Its tokens are folded and split by the program and joined by
-- spaces, so the tokenizer only has to split at spaces: "ascii" takes every other letter as it is.
CREATE VIRTUAL TABLE "SearchIndex" USING fts5 (
  names, places, answers,
  content = '', contentless_delete = 1, tokenize = 'ascii'
);
CREATE TRIGGER "SearchDocument_deletes_index_row" AFTER DELETE ON "SearchDocument"
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

-- A search document is what the public sees of a profile, and never changes: a saved profile gets
-- another one. Whoever keeps the directory in memory reads which ones went here, and which ones came
-- by their ids. Only the last ten thousand stay; who is further behind reads everything anew.
CREATE TRIGGER "SearchDocument_writes_tombstone" AFTER DELETE ON "SearchDocument"
BEGIN
  INSERT INTO "IndexTombstone" ("documentId") VALUES (OLD."id");
  DELETE FROM "IndexTombstone"
  WHERE "sequence" <= (SELECT max("sequence") FROM "IndexTombstone") - 10000;
END;

-- Whoever hides a profile hides it from search, lists and counts, whatever else they forget.
CREATE TRIGGER "Organisation_deletes_search_document" AFTER UPDATE OF "status" ON "Organisation"
WHEN OLD."status" = 'listed' AND NEW."status" <> 'listed'
BEGIN
  DELETE FROM "SearchDocument" WHERE "organisationId" = NEW."id";
END;

-- The audit log is append-only: whoever could rewrite it could hide what was done.
CREATE TRIGGER "AuditEntry_refuses_update" BEFORE UPDATE ON "AuditEntry"
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER "AuditEntry_refuses_replace" BEFORE INSERT ON "AuditEntry"
WHEN EXISTS (SELECT 1 FROM "AuditEntry" WHERE "number" = NEW."number")
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER "AuditEntry_refuses_delete" BEFORE DELETE ON "AuditEntry"
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
