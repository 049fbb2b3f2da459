import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5'
import { ask, type Answer } from './http'

export type Element = Tree.Element
type Node = Tree.Node

/** An answer with its HTML parsed as a browser without scripts does. */
export type Page = Answer & { document: Node }

/** Asks the site of this process for a page; no redirect is followed. */
export async function visit(address: string, headers: Record<string, string> = {}): Promise<Page> {
  const answer = await ask(process.env['BASE_URL'], address, { headers })
  return { ...answer, document: parse(answer.body, { scriptingEnabled: false }) }
}

/** One element with what it must have: a name, an id, classes, attributes. */
type Part = { isChild: boolean; tests: ((element: Element) => boolean)[] }

/**
 * The elements below a node that a CSS selector means, in their order. Knows names, `#id`, `.class`,
 * `[name]`, `[name=value]` with `^= $= *= ~=`, descendants and children.
 *
 * @throws where the selector holds anything else
 */
export function select(root: Node, selector: string): Element[] {
  const parts = parseSelector(selector)
  return everyElement(root).filter((element) => matches(element, parts))
}

/** The one element that a selector means. Throws where there is none, or more than one. */
export function selectOne(root: Node, selector: string): Element {
  const found = select(root, selector)
  const [element] = found
  if (!element || found.length > 1) throw new Error(`${selector}: ${found.length} elements`)
  return element
}

/** The value of an attribute; null where there is none. */
export function attribute(element: Element, name: string): string | null {
  return element.attrs.find((one) => one.name === name)?.value ?? null
}

/** The value of an attribute of everything that a selector means. */
export function attributes(root: Node, selector: string, name: string): (string | null)[] {
  return select(root, selector).map((element) => attribute(element, name))
}

/** The text below a node, white space folded as a browser does. */
export function textOf(node: Node): string {
  return rawText(node).replaceAll(/\s+/g, ' ').trim()
}

/** The texts of everything that a selector means. */
export function textsOf(root: Node, selector: string): string[] {
  return select(root, selector).map(textOf)
}

function rawText(node: Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(rawText).join('') : ''
}

/** Every element below a node, in their order. */
export function everyElement(node: Node): Element[] {
  if (!('childNodes' in node)) return []
  return node.childNodes.flatMap((child) => [
    ...('tagName' in child ? [child] : []),
    ...everyElement(child),
  ])
}

function parseSelector(selector: string): Part[] {
  const parts: Part[] = []
  let isChild = false
  for (const [word] of selector.matchAll(/>|(?:\[[^\]]*\]|[^\s>[])+/g)) {
    if (word === '>') isChild = true
    else {
      parts.push({ isChild, tests: parsePart(word) })
      isChild = false
    }
  }
  return parts
}

function parsePart(word: string): Part['tests'] {
  const tests: Part['tests'] = []
  const rest = word.replaceAll(
    /^[a-z][a-z0-9]*|#[\w.-]+|\.[\w-]+|\[([\w:-]+)(?:([~^$*]?=)"?([^"\]]*)"?)?\]/g,
    (piece, name: string | undefined, operator: string | undefined, value: string | undefined) => {
      if (name !== undefined) tests.push((one) => compare(attribute(one, name), operator, value))
      else if (piece.startsWith('#')) tests.push((one) => attribute(one, 'id') === piece.slice(1))
      else if (piece.startsWith('.'))
        tests.push((one) => compare(attribute(one, 'class'), '~=', piece.slice(1)))
      else tests.push((one) => one.tagName === piece)
      return ''
    },
  )
  if (rest !== '' || tests.length === 0) throw new Error(`selector not understood: ${word}`)
  return tests
}

function compare(actual: string | null, operator: string | undefined, value = ''): boolean {
  if (actual === null) return false
  switch (operator) {
    case undefined:
      return true
    case '=':
      return actual === value
    case '^=':
      return actual.startsWith(value)
    case '$=':
      return actual.endsWith(value)
    case '*=':
      return actual.includes(value)
    case '~=':
      return actual.split(/\s+/).includes(value)
    default:
      throw new Error(`operator not understood: ${operator}`)
  }
}

function matches(element: Element, parts: readonly Part[]): boolean {
  const [last, ...before] = [...parts].reverse()
  if (!last || !last.tests.every((holds) => holds(element))) return false
  const rest = before.reverse()
  if (rest.length === 0) return true
  for (let above = element.parentNode; above; above = parentOf(above)) {
    if ('tagName' in above && matches(above, rest)) return true
    if (last.isChild) return false
  }
  return false
}

function parentOf(node: Node): Tree.ParentNode | null {
  return 'parentNode' in node ? node.parentNode : null
}
