import { readFileSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import fc from 'fast-check'
import { RewritingStream } from 'parse5-html-rewriting-stream'
import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup, renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { stripScripts } from '@/server/http/strip-scripts'

/** What Next 16.4.6 sent for three pages of a small site, byte for byte. */
function sentByNext(name: 'page' | 'streamed' | 'not-found'): string {
  return readFileSync(new URL(`next-output/${name}.txt`, import.meta.url), 'utf8')
}

/** What a parser of the HTML standard makes of a document: tags, and text outside dead scripts. */
async function readByParser(html: string): Promise<string[]> {
  const seen: string[] = []
  const parser = new RewritingStream()
  let dead = false
  parser.on('startTag', ({ tagName, attrs }) => {
    const attributes = attrs.filter(({ name }) => name !== 'data-precedence')
    const value = (name: string) => attrs.find((attribute) => attribute.name === name)?.value
    if (tagName === 'script' && value('type') !== 'application/ld+json') dead = true
    else if (tagName !== 'link' || value('rel') !== 'preload') {
      seen.push(`<${tagName} ${attributes.map(({ name, value }) => `${name}=${value}`).join(' ')}>`)
    }
  })
  parser.on('endTag', ({ tagName }) => {
    if (tagName === 'script' && dead) dead = false
    else seen.push(`</${tagName}>`)
  })
  parser.on('text', ({ text }) => {
    if (dead) return
    // Comments cut text in two; without them it is one.
    const last = seen.at(-1)
    if (last !== undefined && !last.startsWith('<')) seen[seen.length - 1] = last + text
    else seen.push(text)
  })
  parser.resume()
  parser.end(html)
  await finished(parser)
  return seen
}

describe('a page as Next sends it', () => {
  const sent = sentByNext('page')
  const cleaned = stripScripts(sent)

  test('loses what only scripts would use', () => {
    expect(cleaned.shape).toBe('known')
    expect(cleaned.html).not.toMatch(/<script(?! type="application\/ld\+json")/)
    expect(cleaned.html).not.toMatch(/__next_f|TURBOPACK|rel="preload"|data-precedence|<!--|hidden/)
    expect(Buffer.byteLength(cleaned.html)).toBeLessThan(Buffer.byteLength(sent) / 2)
  })

  test('keeps everything else, as a parser reads it', async () => {
    const boundary = ['<div hidden=>', '</div>']
    const before = (await readByParser(sent)).join('\n').replace(`${boundary.join('\n')}\n`, '')
    expect((await readByParser(cleaned.html)).join('\n')).toBe(before)
  })

  test('keeps its JSON-LD, style sheet, title and canonical address', () => {
    expect(cleaned.html).toContain(
      '<script type="application/ld+json">{"name":"</\\u0073cript><b>x"}',
    )
    expect(cleaned.html).toMatch(/<link rel="stylesheet" href="\/_next\/static\/[^"]+\.css"\/>/)
    expect(cleaned.html).toContain('<title>T</title>')
    expect(cleaned.html).toContain('<link rel="canonical" href="http://localhost:4555/en"/>')
    expect(cleaned.hasContent).toBe(true)
  })

  test('keeps line breaks at the start of a text field', () => {
    expect(cleaned.html).toContain('<textarea>\n\n line</textarea><pre>\n\nfirst</pre>')
  })

  test('is the same when it is cleaned twice', () => {
    expect(stripScripts(cleaned.html)).toEqual(cleaned)
  })
})

test('a page that waits for a script to fill it has no content', () => {
  const { shape, hasContent, html } = stripScripts(sentByNext('not-found'))
  expect({ shape, hasContent }).toEqual({ shape: 'known', hasContent: false })
  expect(html).toContain('<body></body>')
})

describe('a page of another shape', () => {
  test('with parts that came late is whole, and the parts can be read', () => {
    const sent = sentByNext('streamed')
    const { shape, html, hasContent } = stripScripts(sent)
    expect(shape).toBe('streamed')
    expect(hasContent).toBe(true)
    expect(sent).toContain('<div hidden id="S:0"><p>slow content</p></div>')
    expect(html).toBe(sent.replace('<div hidden id="S:0">', '<div id="S:0">'))
  })

  test.each([
    ['cut off', '<!DOCTYPE html><html><body><p>Hello'],
    ['cut off inside a script', '<!DOCTYPE html><html><body><p>Hello</p><script>let a = "'],
    ['with other quotes', "<!DOCTYPE html><html><body><p id='a'>Hello</p></body></html>"],
    ['with a loose <', '<!DOCTYPE html><html><body><p>1 < 2</p></body></html>'],
    ['with an open comment', '<!DOCTYPE html><html><body><!-- <p>Hello</p></body></html>'],
    ['that is no document', 'Internal Server Error'],
  ])('%s is served as it came', (_, html) => {
    expect(stripScripts(html)).toMatchObject({ shape: 'unknown', html })
  })
})

test('words that look like the framework’s own stay what they are', () => {
  const words = '<!--$?--> <script>self.__next_f.push([1,"a"])</script> <div hidden="" id="S:0">'
  const page = (body: string) => `<!DOCTYPE html><html><head></head>${body}</html>`
  const element = createElement('body', { title: words }, words)
  expect(stripScripts(page(renderToString(element)))).toEqual({
    shape: 'known',
    html: page(renderToStaticMarkup(element)),
    hasContent: true,
  })
})

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('<', '>', '"', "'", '&', '-->', '<!--', '</script>', '\n', ' ', '<!--$?-->'),
)
const { tree } = fc.letrec<{ tree: ReactElement | string | number }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    text,
    fc.integer(),
    fc
      .tuple(
        fc.constantFrom('p', 'div', 'span', 'a', 'section', 'svg', 'button'),
        fc.dictionary(fc.constantFrom('title', 'id', 'data-x', 'aria-label', 'className'), text),
        fc.array(tie('tree'), { maxLength: 4 }),
      )
      .map(([tag, attributes, children]) => createElement(tag, attributes, ...children)),
  ),
}))

test('what is left of anything that React renders is React’s static markup of it', () => {
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 5 }), (children) => {
      const element = createElement('html', null, createElement('body', null, ...children))
      const cleaned = stripScripts(`<!DOCTYPE html>${renderToString(element)}`)
      expect(cleaned.html).toBe(`<!DOCTYPE html>${renderToStaticMarkup(element)}`)
      expect(cleaned.shape).toBe('known')
    }),
    { numRuns: 300 },
  )
})
