-- CreateTable
CREATE TABLE "DepartedDocument" (
    "sequence" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "documentId" INTEGER NOT NULL
);


-- A search document is what the public sees of a profile, and never changes: a saved profile gets
-- another one. Whoever keeps the directory in memory reads which ones went here, and which ones came
-- by their ids. Only the last ten thousand stay; who is further behind reads everything anew.
CREATE TRIGGER "SearchDocument_departs" AFTER DELETE ON "SearchDocument"
BEGIN
  INSERT INTO "DepartedDocument" ("documentId") VALUES (OLD."id");
  DELETE FROM "DepartedDocument"
  WHERE "sequence" <= (SELECT max("sequence") FROM "DepartedDocument") - 10000;
END;

-- Whoever hides a profile hides it from search, lists and counts, whatever else they forget.
CREATE TRIGGER "Organisation_leaves_search" AFTER UPDATE OF "status" ON "Organisation"
WHEN OLD."status" = 'listed' AND NEW."status" <> 'listed'
BEGIN
  DELETE FROM "SearchDocument" WHERE "organisationId" = NEW."id";
END;
