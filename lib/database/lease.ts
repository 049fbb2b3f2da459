import { writer } from './client'

/**
 * Takes or keeps a job for some time, so that of several processes one does it. What has run out is
 * free: a process that died holds nothing for long.
 *
 * @param holder who asks: a name that no other process has
 * @returns whether it is theirs until `now` and `milliseconds`
 */
export async function acquireLease(
  job: string,
  holder: string,
  milliseconds: number,
  now = new Date(),
): Promise<boolean> {
  const until = new Date(now.getTime() + milliseconds)
  const changed = await writer().$executeRaw`
    INSERT INTO "JobLease" ("job", "holder", "until") VALUES (${job}, ${holder}, ${until})
    ON CONFLICT ("job") DO UPDATE SET "holder" = excluded."holder", "until" = excluded."until"
    WHERE "JobLease"."holder" = excluded."holder" OR "JobLease"."until" <= ${now}`
  return changed === 1
}

/** Gives every job of a holder back. */
export async function releaseLeases(holder: string): Promise<void> {
  await writer().jobLease.deleteMany({ where: { holder } })
}
