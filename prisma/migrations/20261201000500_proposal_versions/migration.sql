-- What an author sent before the proposal that stands now, with the question that it was sent back with.
CREATE TABLE "ProposalVersion" (
    "proposalId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "baseVersion" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "answer" TEXT,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("proposalId", "number"),
    CONSTRAINT "ProposalVersion_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "Proposal" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
