const SYLLABLES =
  'ba con der el fi gra hu in jo kel lan mi no or pas qui ro sen ta ul vo wer xi yan zu'.split(' ')
const WORDS_IN_PARAGRAPH = 40

/** Text of so many words, as varied as real text is for a compressor, and another for each number. */
function* invent(count, number) {
  let state = number
  const next = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const vocabulary = Array.from({ length: 600 }, () =>
    Array.from({ length: 1 + next(4) }, () => SYLLABLES[next(SYLLABLES.length)]).join(''),
  )
  for (let place = 0; place < count; place++) {
    yield vocabulary[Math.floor((next(600) * next(600)) / 600)]
  }
}

/** A page that reads nothing and renders text only: what the framework itself costs. */
export default async function Page({ searchParams }) {
  const { words, number } = await searchParams
  const text = [...invent(Number(words), Number(number))]
  const paragraphs = []
  while (text.length > 0) paragraphs.push(text.splice(0, WORDS_IN_PARAGRAPH).join(' '))
  return (
    <main>
      <h1>A trivial page</h1>
      {paragraphs.map((paragraph, place) => (
        <p key={place}>{paragraph}</p>
      ))}
    </main>
  )
}
