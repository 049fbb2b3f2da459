import { actorName, can, canAdmin, type Actor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { recordDenied } from './record-denied'
import { isErased } from './erase'
import { loadStoredProfile } from './stored'

/** Version of the JSON format. */
const EXPORT_FORMAT = 1

export type OrganisationExport =
  | { ok: true; slug: string; data: Record<string, unknown> }
  | { ok: false; reason: 'denied' | 'notFound' }

/**
 * Collects everything that is stored about one organisation: the profile with all contact details,
 * published or not, former slugs, every revision, proposals, imported pages, drafts and e-mailed links.
 * An actor who may read the audit log also gets its entries, and who opened the profile.
 *
 * Users are named by their ids only. E-mail addresses of proposers and the text of other users' drafts
 * belong to them and are left out; of such a draft there is only its user and time. The export itself
 * is recorded in the audit log.
 *
 * @param id of the organisation; an erased one counts as not found
 * @returns `data` is ready to be written as JSON
 */
export async function exportOrganisation(actor: Actor, id: string): Promise<OrganisationExport> {
  return writer().$transaction(async (tx): Promise<OrganisationExport> => {
    if (actor.kind === 'anonymous') return recordDenied(tx, actor, 'download', null)
    const profile = await loadStoredProfile(tx, id)
    if (!profile || (await isErased(tx, id))) return { ok: false, reason: 'notFound' }
    if (!can(actor, 'download', subjectOf(profile))) return recordDenied(tx, actor, 'download', id)
    const data = {
      format: EXPORT_FORMAT,
      exportedAt: new Date(),
      profile,
      ...(await loadRelatedRows(tx, id, actor)),
    }
    await recordAudit(tx, {
      ...{ actor: actorName(actor), action: 'exported', subject: id },
      detail: { what: 'organisation', version: profile.version },
    })
    return { ok: true, slug: profile.slug, data }
  })
}

async function loadRelatedRows(tx: Transaction, organisationId: string, actor: Actor) {
  const where = { organisationId }
  const formerSlugs = await tx.formerSlug.findMany({
    where,
    orderBy: { createdAt: 'asc' },
    select: { slug: true, createdAt: true },
  })
  const revisions = await tx.revision.findMany({ where, orderBy: { number: 'asc' } })
  const proposals = await tx.proposal.findMany({
    where,
    orderBy: { createdAt: 'asc' },
    include: { versions: { omit: { proposalId: true }, orderBy: { number: 'asc' } } },
  })
  const pages = await tx.importedPage.findMany({ where, orderBy: { id: 'asc' } })
  const members = await tx.userOrganisation.findMany({ where, select: { userId: true } })
  const links = await tx.oneTimeToken.findMany({
    where,
    select: { kind: true, createdBy: true, createdAt: true, expiresAt: true, usedAt: true },
  })
  const drafts = await tx.formDraft.findMany({
    where,
    orderBy: { updatedAt: 'asc' },
    select: { userId: true, updatedAt: true },
  })
  const ownDrafts = await tx.formDraft.findMany({
    where: { ...where, userId: 'id' in actor ? actor.id : '' },
    select: { updatedAt: true, fields: true },
  })
  return {
    formerSlugs,
    revisions: revisions.map(({ organisationId: _, ...revision }) => withParsedContent(revision)),
    proposals: proposals.map(({ organisationId: _, authorEmail: __, ...proposal }) => ({
      ...withParsedContent(proposal),
      versions: proposal.versions.map(withParsedContent),
    })),
    importedPages: pages.map(({ organisationId: _, ...page }) => withParsedContent(page)),
    people: members.map(({ userId }) => userId),
    links,
    formsBegun: drafts,
    ownForms: ownDrafts.map(({ updatedAt, fields }) => ({
      updatedAt,
      fields: JSON.parse(fields) as unknown,
    })),
    ...(canAdmin(actor, 'readAudit') ? await loadActivity(tx, organisationId) : {}),
  }
}

/** A row whose `content` is JSON, with what that says. */
function withParsedContent<Row extends { content: string }>(row: Row) {
  return { ...row, content: JSON.parse(row.content) as unknown }
}

/** What users did with an organisation: for administrators only. */
async function loadActivity(tx: Transaction, organisationId: string) {
  const opened = await tx.editingPresence.findMany({
    where: { organisationId },
    select: { userId: true, openedAt: true },
  })
  const entries = await tx.auditEntry.findMany({
    where: { subject: organisationId },
    orderBy: { number: 'asc' },
    select: { number: true, createdAt: true, actor: true, action: true, detail: true },
  })
  const disclosures = await tx.disclosure.findMany({
    where: { organisationId },
    omit: { organisationId: true },
  })
  return {
    opened,
    disclosures,
    log: entries.map(({ detail, ...entry }) => ({
      ...entry,
      detail: JSON.parse(detail) as unknown,
    })),
  }
}
