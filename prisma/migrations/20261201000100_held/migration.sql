-- A profile of a restored backup that could not be compared with what came after it.
ALTER TABLE "Organisation" ADD COLUMN "held" BOOLEAN NOT NULL DEFAULT false;

CREATE TRIGGER "Organisation_refuses_held_listed" BEFORE UPDATE ON "Organisation"
WHEN NEW."held" AND NEW."status" = 'listed'
BEGIN
  SELECT RAISE(ABORT, 'a profile that is held is not listed');
END;
