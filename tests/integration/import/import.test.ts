import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { importFiles } from '@/lib/import/apply'
import type { FilePlan, Plan } from '@/lib/import/plan'
import { hideProfile, listProfile, withdrawProfile } from '@/lib/organisations/publish'
import { saveProfile } from '@/lib/organisations/save'
import { writer } from '@/lib/database/client'
import { loadStoredProfile } from '@/lib/organisations/stored'
import type { ProfileContent } from '@/lib/organisations/schema'
import { freshDatabase, rows } from '@/tests/support/database'
import { page, seedPage } from '@/tests/support/pages'
import { administrator, givenProfile } from '@/tests/support/profiles'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'directory-import-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(freshDatabase)

let count = 0
function file(text: string | Uint8Array): string {
  count += 1
  const name = `page-${String(count)}.txt`
  writeFileSync(path.join(folder, name), text)
  return name
}

function run(files: string[], dryRun = false): Promise<Plan> {
  return importFiles(files, { directory: folder, dryRun })
}

async function importPage(text: string): Promise<FilePlan> {
  const [plan] = (await run([file(text)])).files
  if (!plan) throw new Error('no plan')
  return plan
}

function tables(): string {
  const names = ['Organisation', 'Answer', 'Revision', 'ImportedPage', 'Contact', 'ContentVersion']
  return JSON.stringify(names.map((name) => rows(`SELECT * FROM "${name}"`)))
}

async function onlyProfile() {
  const [row] = rows<{ id: string }>('SELECT id FROM "Organisation"')
  const profile = row && (await loadStoredProfile(writer(), row.id))
  if (!profile) throw new Error('no profile')
  return profile
}

/** As a person does it: the whole content, changed. */
async function edit(changes: (content: ProfileContent) => Partial<ProfileContent>): Promise<void> {
  const profile = await onlyProfile()
  const { name, aliases, country, region, regionSuggested, priorityAreas, contacts } = profile
  const answers = Object.fromEntries(
    Object.entries(profile.answers).map(([question, list]) => [
      question,
      list.map(({ language, text, provenance, source }) => ({
        language,
        text,
        provenance,
        source,
      })),
    ]),
  ) as ProfileContent['answers']
  const before = {
    ...{ name, aliases, region, regionSuggested, priorityAreas, contacts, answers },
    country: country as ProfileContent['country'],
  }
  const outcome = await saveProfile(administrator, {
    profile: { id: profile.id, version: profile.version },
    content: { ...before, ...changes(before) },
    reason: 'edit',
  })
  expect(outcome.ok).toBe(true)
}

describe('the seed page', () => {
  test('creates a listed organisation; again it is unchanged', async () => {
    const seed = file(seedPage())
    const first = await run([seed])
    expect(first.files).toMatchObject([
      {
        file: seed,
        outcome: 'create',
        organisation: {
          name: 'SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE',
          slug: 'solidarite-pour-les-droits-des-travailleuses-de-sexe',
          status: 'listed',
          country: 'BI',
          region: 'africa',
          regionSuggested: true,
          contact: { email: null },
        },
        refused: [],
      },
    ])
    const after = tables()
    const second = await run([seed])
    expect(second.files).toEqual([{ ...first.files[0], outcome: 'unchanged' }])
    expect(tables()).toBe(after)
    expect(rows('SELECT actor, reason FROM "Revision"')).toEqual([
      { actor: 'system:import', reason: 'import' },
    ])
  })
})

describe('a dry run', () => {
  test('gives the plan that the import gives, and writes nothing', async () => {
    await givenProfile({ name: 'Aurora', country: 'KE' })
    const seed = file(seedPage())
    const files = [
      seed,
      seed,
      file(page()),
      // The same organisation again, with another answer; then two that want the same address.
      file(page({ who: 'Nous travaillons avec des femmes.' })),
      file(page({ country: 'Rwanda' })),
      file(page({ name: 'Collectif — Lanterne!', country: 'Kenya' })),
      file(page({ name: 'AURORA', country: 'Kenya' })),
      file(page({ country: '' })),
      'none.txt',
    ]
    const before = tables()
    const dry = await run(files, true)
    expect(tables()).toBe(before)
    expect(dry.files.map(({ outcome }) => outcome)).toEqual([
      ...['create', 'unchanged', 'create', 'update', 'create', 'create', 'update'],
      ...['refused', 'refused'],
    ])
    expect(dry.files.map(({ organisation }) => organisation?.slug)).toEqual([
      'solidarite-pour-les-droits-des-travailleuses-de-sexe',
      'solidarite-pour-les-droits-des-travailleuses-de-sexe',
      'collectif-lanterne',
      'collectif-lanterne',
      'collectif-lanterne-2',
      'collectif-lanterne-3',
      'aurora',
      undefined,
      undefined,
    ])
    expect(await run(files)).toEqual(dry)
  })
})

describe('importing again', () => {
  test('updates what the page changed and keeps the status', async () => {
    await importPage(page({ country: '' }))
    expect(await onlyProfile()).toMatchObject({ status: 'draft', country: null })
    const plan = await importPage(page({ who: 'Nous travaillons avec des femmes.' }))
    expect(plan).toMatchObject({
      outcome: 'update',
      organisation: { status: 'draft', country: 'BI', region: 'africa' },
      refused: [],
    })
    expect(await onlyProfile()).toMatchObject({ status: 'draft', country: 'BI', version: 2 })
    expect((await onlyProfile()).answers.who.map(({ text }) => text)).toEqual([
      'Nous travaillons avec des femmes.',
    ])
  })

  test('never overwrites what a person changed since', async () => {
    await importPage(page())
    await edit(({ answers }) => ({
      answers: {
        ...answers,
        who: answers.who.map((answer) => ({ ...answer, text: `${answer.text} Corrigé.` })),
      },
    }))
    const plan = await importPage(
      page({ who: 'Nous travaillons avec des hommes.', otherWork: 'We train peer educators.' }),
    )
    expect(plan).toMatchObject({
      outcome: 'update',
      refused: [
        { reason: 'editedSince', text: 'Nous travaillons avec des hommes.' },
        { reason: 'editedSince', text: '' },
      ],
    })
    const { answers } = await onlyProfile()
    expect(answers.who.every(({ text }) => text.endsWith('Corrigé.'))).toBe(true)
    expect(answers.otherWork.map(({ text }) => text)).toEqual(['We train peer educators.'])
  })

  test('is unchanged for the same page, whatever a person did meanwhile', async () => {
    await importPage(page())
    await edit(() => ({ priorityAreas: ['violence'] }))
    const before = tables()
    expect(await importPage(page())).toMatchObject({
      outcome: 'unchanged',
      organisation: { priorityAreas: ['violence'] },
      refused: [],
    })
    expect(tables()).toBe(before)
  })

  test('marks a translation as behind when only its original changed on the page', async () => {
    await importPage(page())
    await importPage(
      page({ who: 'Nous travaillons avec des femmes.\nWe work with women and trans people.' }),
    )
    const { answers } = await onlyProfile()
    expect(answers.who).toMatchObject([
      { language: 'fr', changedIn: 2, source: null },
      { language: 'en', changedIn: 1, source: { language: 'fr', revision: 1 } },
    ])
  })

  test.each([
    ['hidden', hideProfile],
    ['withdrawn', withdrawProfile],
  ] as const)('does not touch what is %s', async (status, command) => {
    await importPage(page())
    const { id } = await onlyProfile()
    await command(administrator, { id, reason: 'safety' })
    const before = tables()
    expect(await importPage(page({ who: 'We work with men.' }))).toMatchObject({
      outcome: 'refused',
      organisation: null,
      refused: [{ reason: 'notListed', text: 'Collectif Lanterne' }],
    })
    expect(tables()).toBe(before)
    expect(await onlyProfile()).toMatchObject({ status })
  })
})

describe('whose page it is', () => {
  test('the name is compared folded', async () => {
    await givenProfile({ name: 'Réseau Œuvre', country: 'BI' })
    expect(await importPage(page({ name: 'RESEAU  OEUVRE' }))).toMatchObject({ outcome: 'update' })
  })

  test('a former name or acronym counts', async () => {
    await givenProfile({ name: 'Réseau Aurore', aliases: ['Collectif Lanterne'] })
    expect(await importPage(page())).toMatchObject({
      outcome: 'update',
      organisation: { name: 'Réseau Aurore' },
    })
    expect(rows('SELECT id FROM "Organisation"')).toHaveLength(1)
  })

  test('another country is another organisation', async () => {
    await givenProfile({ name: 'Collectif Lanterne', country: 'RW' })
    expect(await importPage(page())).toMatchObject({
      outcome: 'create',
      organisation: { slug: 'collectif-lanterne-2' },
    })
  })

  test('a missing country matches the only candidate', async () => {
    await givenProfile({ name: 'Collectif Lanterne', country: 'RW' })
    expect(await importPage(page({ country: '' }))).toMatchObject({
      outcome: 'update',
      organisation: { country: 'RW' },
    })
  })

  test('and is ambiguous among several', async () => {
    await givenProfile({ name: 'Collectif Lanterne', country: 'RW' })
    await givenProfile({ name: 'Lanterne', aliases: ['COLLECTIF LANTERNE'], country: 'KE' })
    expect(await importPage(page({ country: '' }))).toMatchObject({
      outcome: 'refused',
      refused: [{ reason: 'ambiguousMatch', text: 'Collectif Lanterne' }],
    })
    await givenProfile({ name: 'Autre', aliases: ['Collectif Lanterne'], country: 'RW' })
    expect(await importPage(page({ country: 'Rwanda' }))).toMatchObject({
      refused: [{ reason: 'ambiguousMatch' }],
    })
  })
})

describe('addresses', () => {
  test.each([
    ['Новый Свет', 'novyy-svet'],
    ['布隆迪之光', 'bulongdizhiguang'],
    ['Œuvre d’Été & Cie', 'oeuvre-d-ete-cie'],
    ['***', 'organisation-1'],
    ['Région', 'region-2'],
    ['New', 'new-2'],
  ])('%s', async (name, slug) => {
    expect((await importPage(page({ name }))).organisation?.slug).toBe(slug)
  })

  test('are at most 80 characters long, also with a number', async () => {
    const name = 'association '.repeat(12).trim()
    const slugs: (string | undefined)[] = []
    for (const country of ['Burundi', 'Rwanda', 'Kenya']) {
      slugs.push((await importPage(page({ name, country }))).organisation?.slug)
    }
    expect(new Set(slugs).size).toBe(3)
    for (const slug of slugs) {
      expect(slug?.length).toBeLessThanOrEqual(80)
      expect(slug).toMatch(/^(?:association-)+(?:association|\d)$/)
    }
  })
})

describe('files', () => {
  test('that cannot be placed do not stop the others', async () => {
    const large = file('')
    truncateSync(path.join(folder, large), 50 * 1024 * 1024)
    const { files } = await run([
      'none.txt',
      file('Bonjour, voici notre page.'),
      file(page({ name: '' })),
      file(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])),
      file(''),
      large,
      file(Uint8Array.from(Buffer.from(page(), 'utf16le'))),
      file(Uint8Array.from(Buffer.from(page({ name: 'Été' }), 'latin1'))),
      file(page({ name: 'Collectif\u202ELanterne' })),
      file(page()),
    ])
    expect(files.map(({ outcome, refused }) => [outcome, refused[0]?.reason])).toEqual([
      ['refused', 'notFound'],
      ['refused', 'noLabels'],
      ['refused', 'noName'],
      ['refused', 'binary'],
      ['refused', 'empty'],
      ['refused', 'tooLarge'],
      ['refused', 'notUtf8'],
      ['refused', 'notUtf8'],
      ['refused', 'unsafeCharacters'],
      ['create', undefined],
    ])
    expect(files[6]?.refused[0]?.text).toBe('utf-16le')
    expect(files[7]?.refused[0]?.text).toBe('windows-1252')
    expect(rows('SELECT id FROM "Organisation"')).toHaveLength(1)
  })

  test('are counted as they are done', async () => {
    const seen: [number, number][] = []
    await importFiles(['a', 'b'], {
      directory: folder,
      dryRun: false,
      onFile: (...progress) => seen.push(progress),
    })
    expect(seen).toEqual([
      [1, 2],
      [2, 2],
    ])
  })
})

test('an e-mail address is kept and hidden', async () => {
  await importPage(page({ email: 'lanterne@example.org' }))
  expect(await onlyProfile()).toMatchObject({
    status: 'listed',
    contacts: { email: { value: 'lanterne@example.org', published: false } },
  })
})

test('a draft stays a draft until a person lists it', async () => {
  await importPage(page({ country: '' }))
  const { id } = await onlyProfile()
  await listProfile(administrator, { id, reason: 'checked' })
  await importPage(page())
  expect(await onlyProfile()).toMatchObject({ status: 'listed' })
})

test('an edit between reading and writing is seen', async () => {
  await importPage(page())
  const [first] = await Promise.all([
    importPage(page({ who: 'Nous travaillons avec des hommes.' })),
    edit(() => ({ priorityAreas: ['violence'] })),
  ])
  expect(first.outcome).toBe('update')
  expect(await onlyProfile()).toMatchObject({ priorityAreas: ['violence'] })
  expect((await onlyProfile()).answers.who[0]?.text).toBe('Nous travaillons avec des hommes.')
})

describe('a country that is not understood', () => {
  const twin = (country: string, who: string) => page({ name: 'Twin Org', country, who })

  test('never lets a page write into the organisation of another country', async () => {
    await importPage(twin('Kenya', 'We work with women in the port.'))
    const stranger = await importPage(twin('Ugannda', 'We work with other people, elsewhere.'))
    expect(stranger).toMatchObject({ outcome: 'create', organisation: { status: 'draft' } })
    expect(stranger.refused).toEqual([{ reason: 'unknownCountry', text: 'Ugannda' }])
    const third = await importPage(twin('Korea', 'We are a third organisation.'))
    expect(third).toMatchObject({ outcome: 'refused', organisation: null })
    expect(third.refused).toMatchObject([{ reason: 'ambiguousMatch' }])
    const texts = rows<{ text: string }>(`SELECT text FROM "Answer" WHERE "question" = 'who'`)
    expect(texts.map(({ text }) => text).sort()).toEqual([
      'We work with other people, elsewhere.',
      'We work with women in the port.',
    ])
  })

  test('still leads to the organisation that the same page made', async () => {
    const text = twin('Ugannda', 'We work with women.')
    await importPage(text)
    expect(await importPage(text)).toMatchObject({ outcome: 'unchanged' })
    await edit(() => ({ country: 'UG' }))
    expect(await importPage(text)).toMatchObject({ outcome: 'unchanged' })
    const right = await importPage(twin('Uganda', 'We work with women and men.'))
    expect(right).toMatchObject({ outcome: 'update' })
    expect(rows('SELECT id FROM "Organisation"')).toHaveLength(1)
  })
})

describe('a piece that is refused', () => {
  test.each<[string, Parameters<typeof page>[0]]>([
    ['with unsafe characters', { otherWork: 'We keep a drop-in \u202Eopen in the evening.' }],
    [
      'too long for an answer',
      { otherWork: 'We keep a drop-in open in the evening. '.repeat(600) },
    ],
    ['no known priority area', { areas: 'Advocate for universal access to health' }],
  ])('%s takes nothing away from what stands', async (_, changes) => {
    await importPage(page())
    const before = await onlyProfile()
    const plan = await importPage(page(changes))
    expect(plan.refused).toHaveLength(1)
    const after = await onlyProfile()
    expect(after.answers).toEqual(before.answers)
    expect(after.priorityAreas).toEqual(before.priorityAreas)
  })
})

test('a page that breaks off does not make the next whole one look like somebody’s edit', async () => {
  const whole = page()
  await importPage(whole)
  await importPage(whole.slice(0, whole.indexOf('Describe other areas')))
  await importPage(page({ otherWork: 'We keep a drop-in \u202Eopen in the evening.' }))
  const otherWork = 'Nous tenons une permanence le matin.\nWe keep a drop-in open in the morning.'
  expect(await importPage(page({ otherWork }))).toMatchObject({ outcome: 'update', refused: [] })
  const { answers } = await onlyProfile()
  expect(answers.otherWork.map(({ text }) => text)).toEqual(otherWork.split('\n'))
})

describe('a passage that nobody has decided to publish', () => {
  const reached = 'Écrivez-nous à lanterne@example.org.'

  async function runNaming(text: string) {
    const named: (readonly string[])[] = []
    const plan = await importFiles([file(text)], {
      ...{ directory: folder, dryRun: false },
      onWithheld: (_, kinds) => named.push(kinds),
    })
    return { file: plan.files[0], named }
  }

  test('a new organisation starts as a draft, without a reason in the plan', async () => {
    const text = seedPage().replace('Nous travaillons', `${reached} Nous travaillons`)
    expect(text).not.toBe(seedPage())
    const { file: planned, named } = await runNaming(text)
    expect(planned).toMatchObject({ outcome: 'create', organisation: { status: 'draft' } })
    expect(planned?.refused).toEqual([])
    expect(named).toEqual([['email']])
  })

  test('of an existing one the field is not written, and the rest is', async () => {
    await run([file(seedPage())])
    const text = seedPage()
      .replace('Nous travaillons', `${reached} Nous travaillons`)
      .replace('Manque de reconnaissance', 'Toujours : manque de reconnaissance')
    const { file: planned, named } = await runNaming(text)
    expect(planned).toMatchObject({ outcome: 'update', organisation: { status: 'listed' } })
    expect(named).toEqual([['email']])
    const { answers } = await onlyProfile()
    expect(JSON.stringify(answers)).not.toContain('lanterne@example.org')
    expect(JSON.stringify(answers.challenges)).toContain('Toujours : manque')
  })
})
