import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { hashToken } from '@/lib/auth/one-time-token'
import { writer } from '@/lib/database/client'
import type { FormState } from '@/lib/forms/state'

type Values = FormState['values']

const draftValues = z.record(z.string(), z.array(z.string()))

const CIPHER = 'aes-256-gcm'
/** Bytes of the nonce (NIST SP 800-38D 8.2.2: random, 96 bits) and of the authentication tag. */
const NONCE = 12
const TAG = 16

/**
 * Saves what somebody with a mailed link has sent and what was refused, so that their page shows it
 * again. A link has one draft: a later one replaces it.
 *
 * Whoever has no account can prove who they are by their link only, so the draft is sealed with a key
 * made from the link's secret. The database holds the hash of that secret: neither it nor a backup
 * opens the draft. It is deleted when the proposal is sent (`consumeProposalLink`) and with the link.
 *
 * @param secret of the link; where no such link was ever made, nothing is saved
 */
export async function saveLinkDraft(secret: string, values: Values): Promise<void> {
  const id = hashToken(secret)
  const fields = seal(secret, JSON.stringify(values))
  await writer().$transaction(async (tx) => {
    const link = await tx.oneTimeToken.findFirst({
      where: { id, kind: 'proposal' },
      select: { organisationId: true },
    })
    if (!link) return
    const draft = { fields, organisationId: link.organisationId, updatedAt: new Date() }
    await tx.formDraft.upsert({
      where: { linkId: id },
      create: { ...draft, id, linkId: id },
      update: draft,
    })
  })
}

/** What was sent by a link and refused; null if there is nothing, or if it can't be opened. */
export async function loadLinkDraft(secret: string): Promise<Values | null> {
  const draft = await writer().formDraft.findUnique({
    where: { linkId: hashToken(secret) },
    select: { fields: true },
  })
  const opened = draft && open(secret, draft.fields)
  return opened === null ? null : draftValues.parse(JSON.parse(opened))
}

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'proposal link draft', 32))
}

/** @returns base64 of nonce, tag and ciphertext */
function seal(secret: string, text: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, keyOf(secret), nonce, { authTagLength: TAG })
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

function open(secret: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64')
  const nonce = bytes.subarray(0, NONCE)
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(secret), nonce, { authTagLength: TAG })
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null
  }
}
