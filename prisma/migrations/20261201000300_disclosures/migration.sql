-- Passages that somebody who may publish them published as they are: known by a keyed hash, never by text.
CREATE TABLE "Disclosure" (
    "organisationId" TEXT NOT NULL,
    "passageHash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("organisationId", "passageHash"),
    CONSTRAINT "Disclosure_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
