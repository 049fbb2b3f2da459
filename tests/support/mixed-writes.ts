import { setTimeout as wait } from 'node:timers/promises'
import { sendProfile } from './desk-over-http'
import type { RunningSite } from './site'

/** What the site has said that it has. */
export type Acknowledged = {
  id: string
  name: string
  /** As it was acknowledged last, and what was on its way when the site was killed: either is right. */
  texts: string[]
}

type Profile = { id: string; version: number }

/** At least so many before the site is killed, and in any case then. */
const ACKNOWLEDGED_AT_LEAST = 4
const WRITERS = 3
const LONGEST = 30_000

/**
 * Sends forms to a site, new profiles and changes of them in turn over several connections, and kills
 * it with SIGKILL while they are on their way.
 *
 * @param round part of what is written, so that no two rounds write the same
 * @returns each profile that the site has acknowledged
 * @throws where an answer is neither a success nor a refusal because the site is busy
 */
export async function writeUntilKilled(
  site: Pick<RunningSite, 'baseUrl' | 'pid' | 'ended'>,
  cookie: string,
  round: number,
): Promise<Acknowledged[]> {
  const acknowledged = new Map<string, Acknowledged>()
  let answered = 0
  let isKilled = false

  async function write(writer: number) {
    for (let number = 0; !isKilled; number++) {
      const name = `Fictional ${String(round)} ${String(writer)} ${String(number)}`
      let profile: Profile | null = null
      for (let version = 0; version < 3 && !isKilled; version++) {
        profile = await save(name, `Texte ${String(version)} de ${name}.`, profile)
        if (profile === null) break
      }
    }
  }

  async function save(
    name: string,
    text: string,
    profile: Profile | null,
  ): Promise<Profile | null> {
    const before = profile === null ? undefined : acknowledged.get(profile.id)
    before?.texts.push(text)
    const fields = { name, countryName: 'Burundi', 'answers.who.fr.text': text }
    const answer = await sendProfile(site.baseUrl, cookie, fields, profile).catch(() => null)
    if (answer === null) return null
    if (answer.saved === null) {
      if (answer.status !== 503) throw new Error(`${String(answer.status)} ${answer.location}`)
      before?.texts.pop()
      return null
    }
    answered += 1
    acknowledged.set(answer.saved, { id: answer.saved, name, texts: [text] })
    return { id: answer.saved, version: (profile?.version ?? 0) + 1 }
  }

  const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer))
  const deadline = Date.now() + LONGEST
  while (answered < ACKNOWLEDGED_AT_LEAST && Date.now() < deadline) await wait(10)
  // Somewhere in the middle of the next one, elsewhere in every round.
  await wait((round * 37) % 100)
  process.kill(site.pid, 'SIGKILL')
  isKilled = true
  await Promise.all(writers)
  await site.ended
  return [...acknowledged.values()]
}
