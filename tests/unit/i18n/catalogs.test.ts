import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, test } from 'vitest'
import en from '@/messages/en.json'
import fr from '@/messages/fr.json'

type Catalog = { readonly [key: string]: string | Catalog }

function messages(catalog: Catalog, prefix = ''): [key: string, message: string][] {
  return Object.entries(catalog).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[prefix + name, value] as [string, string]]
      : messages(value, `${prefix}${name}.`),
  )
}

const KINDS: Partial<Record<TYPE, string>> = {
  [TYPE.argument]: 'text',
  [TYPE.number]: 'number',
  [TYPE.plural]: 'number',
  [TYPE.date]: 'date',
  [TYPE.time]: 'date',
  [TYPE.tag]: 'tag',
}

function children(element: MessageFormatElement): MessageFormatElement[] {
  if (element.type === TYPE.tag) return element.children
  if (element.type !== TYPE.select && element.type !== TYPE.plural) return []
  return Object.values(element.options).flatMap((option) => option.value)
}

function flatten(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.flatMap((element) => [element, ...flatten(children(element))])
}

/** `name: kind` of every argument and tag; of a choice its cases too, because code names them. */
function parameters(message: string): string[] {
  const found = flatten(parse(message)).flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    const kind =
      element.type === TYPE.select
        ? `one of ${Object.keys(element.options).sort().join(', ')}`
        : KINDS[element.type]
    return [`${element.value}: ${kind}`]
  })
  return [...new Set(found)].sort()
}

/** The words of a message as they are shown, without what stands in for arguments. */
function literals(message: string): string[] {
  return flatten(parse(message)).flatMap((element) =>
    element.type === TYPE.literal ? [element.value] : [],
  )
}

function each<T>(catalog: Catalog, look: (message: string) => T): Record<string, T> {
  return Object.fromEntries(messages(catalog).map(([key, message]) => [key, look(message)]))
}

describe('both catalogs', () => {
  test('take the same arguments', () => {
    expect(each(fr, parameters)).toEqual(each(en, parameters))
  })

  test('have no empty and no padded message', () => {
    const faulty = (message: string) => message === '' || message !== message.trim()
    expect([...messages(fr), ...messages(en)].filter(([, message]) => faulty(message))).toEqual([])
  })

  test('arguments of another name or kind are noticed', () => {
    expect(parameters('{count, plural, one {# page} other {# pages}}')).toEqual(['count: number'])
    expect(parameters('<b>{name}</b> {kind, select, a {x {date, date}} other {y}}')).toEqual([
      'b: tag',
      'date: date',
      'kind: one of a, other',
      'name: text',
    ])
  })
})

/** What a French typesetter would send back, in the words of one message. */
function typographicFaults(message: string): string[] {
  const rules: [fault: string, pattern: RegExp][] = [
    ['straight apostrophe, not ’', /'/],
    ['straight quotation mark, not « »', /"/],
    ['three full stops, not …', /\.\.\./],
    ['no no-break space after «', /«(?![\u00a0\u202f])/],
    ['no no-break space before »', /(?<![\u00a0\u202f])»/],
    // At the end of a quotation it may belong to an English label.
    ['no no-break space before ; ? !', /(?<![\u00a0\u202f?!])[;?!](?![\u00a0\u202f]»)/],
    ['no no-break space before :', /(?<!\u00a0):(?!\/\/)/],
    ['no no-break space before %', /(?<![\u00a0\u202f])%/],
  ]
  return literals(message).flatMap((words) =>
    rules.filter(([, pattern]) => pattern.test(words)).map(([fault]) => fault),
  )
}

describe('French typography', () => {
  test('is kept by every message', () => {
    const faulty = Object.entries(each(fr, typographicFaults)).filter(([, faults]) => faults.length)
    expect(faulty).toEqual([])
  })

  test.each([
    ['l’organisation', []],
    ["l'organisation", ['straight apostrophe, not ’']],
    ['«\u00a0oui\u00a0»\u202f!', []],
    ['« oui »', ['no no-break space after «', 'no no-break space before »']],
    ['Quoi ?', ['no no-break space before ; ? !']],
    ['Pays : {name}', ['no no-break space before :']],
    ['Pays\u00a0: {name}\u202f?!', []],
    ['https://directory.example', []],
    ['200 %', ['no no-break space before %']],
  ])('is looked for in %j', (message, faults) => {
    expect(typographicFaults(message)).toEqual(faults)
  })
})
