'use client'

import { useEffect, useState } from 'react'

type CharacterCountProps = {
  /** Id of the field that is counted. */
  field: string
  initial: number
  /** Words with `{count}` in them. */
  words: string
}

/** Number of characters in a field: as it came where no script runs, else as it is typed. */
export function CharacterCount({ field, initial, words }: CharacterCountProps) {
  const [count, setCount] = useState(initial)
  useEffect(() => {
    const element = document.getElementById(field)
    if (!(element instanceof HTMLTextAreaElement)) return
    const read = () => setCount(element.value.length)
    read()
    element.addEventListener('input', read)
    return () => element.removeEventListener('input', read)
  }, [field])
  return <small className="character-count">{words.replace('{count}', String(count))}</small>
}
