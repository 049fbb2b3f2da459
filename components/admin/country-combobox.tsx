'use client'

import { useEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react'

type CountryComboboxProps = {
  name: string
  label: string
  hint: string
  value: string
  error: string | undefined
  /** Answers `?q=` with the countries that may be meant. */
  address: string
  /** What is said about so many suggestions, by their number. */
  counts: readonly string[]
}

type Suggestion = { code: string; name: string }

/** How long somebody may pause between two letters before the site is asked. */
const DEBOUNCE_MS = 120

const subscribeNever = () => () => {}

/**
 * A box for the name of a country in any language. With scripts it suggests countries while somebody
 * types (the combobox of the WAI-ARIA practices); without them it is a box, read when the form is sent.
 */
export function CountryCombobox(props: CountryComboboxProps) {
  const { name, label, hint, value, error, address, counts } = props
  const hasScripts = useSyncExternalStore(
    subscribeNever,
    () => true,
    () => false,
  )
  const input = useRef<HTMLInputElement>(null)
  const asking = useRef<AbortController | null>(null)
  const [found, setFound] = useState<readonly Suggestion[] | null>(null)
  const [active, setActive] = useState(-1)
  const isOpen = found !== null && found.length > 0
  const optionId = (at: number) => `${name}-option-${at}`

  useEffect(() => () => asking.current?.abort(), [])

  const close = () => {
    asking.current?.abort()
    setFound(null)
    setActive(-1)
  }

  const suggest = async (typed: string) => {
    asking.current?.abort()
    const asked = new AbortController()
    asking.current = asked
    const suggestions =
      typed.trim() === '' ? null : await fetchSuggestions(address, typed, asked.signal)
    if (asked.signal.aborted) return
    setFound(suggestions)
    setActive(-1)
  }

  const choose = (suggestion: Suggestion) => {
    const box = input.current
    if (box) {
      box.value = suggestion.name
      // The draft of the form is kept when something in it changes.
      box.dispatchEvent(new Event('input', { bubbles: true }))
    }
    close()
  }

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (!isOpen) {
      if (event.key !== 'ArrowDown') return
      event.preventDefault()
      void suggest(event.currentTarget.value)
      return
    }
    const last = found.length - 1
    switch (event.key) {
      case 'ArrowDown':
        setActive(active >= last ? 0 : active + 1)
        break
      case 'ArrowUp':
        setActive(active <= 0 ? last : active - 1)
        break
      case 'Escape':
        close()
        break
      case 'Enter': {
        const chosen = found[active]
        // Nothing chosen: Enter sends the form, as in any other box.
        if (!chosen) return
        choose(chosen)
        break
      }
      default:
        return
    }
    event.preventDefault()
  }

  const described = error === undefined ? [`${name}-hint`] : [`${name}-hint`, `${name}-error`]
  return (
    <div className={error === undefined ? 'form-field' : 'form-field invalid'}>
      <label htmlFor={name} id={`${name}-label`}>
        {label}
      </label>
      <small id={`${name}-hint`}>{hint}</small>
      {error === undefined ? null : (
        <p className="error" id={`${name}-error`}>
          {error}
        </p>
      )}
      <div className="combobox">
        <input
          ref={input}
          id={name}
          name={name}
          dir="auto"
          defaultValue={value}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={described.join(' ')}
          {...(hasScripts && {
            role: 'combobox',
            autoComplete: 'off',
            'aria-autocomplete': 'list',
            'aria-expanded': isOpen,
            'aria-controls': `${name}-list`,
            'aria-activedescendant': active < 0 ? undefined : optionId(active),
          })}
          onChange={(event) => void suggest(event.currentTarget.value)}
          onKeyDown={press}
          onBlur={close}
        />
        {hasScripts ? (
          <>
            <ul
              id={`${name}-list`}
              role="listbox"
              aria-labelledby={`${name}-label`}
              className="suggestions"
              hidden={!isOpen}
            >
              {(found ?? []).map((suggestion, at) => (
                <li
                  key={suggestion.code}
                  id={optionId(at)}
                  role="option"
                  aria-selected={at === active}
                  // The box keeps the focus.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => choose(suggestion)}
                >
                  {suggestion.name}
                </li>
              ))}
            </ul>
            <small className="visually-hidden" role="status">
              {found === null ? '' : counts[found.length]}
            </small>
          </>
        ) : null}
      </div>
    </div>
  )
}

/** What the site suggests; null where it did not answer, and where something else was asked meanwhile. */
async function fetchSuggestions(
  address: string,
  typed: string,
  signal: AbortSignal,
): Promise<readonly Suggestion[] | null> {
  try {
    await new Promise((resolve) => setTimeout(resolve, DEBOUNCE_MS))
    signal.throwIfAborted()
    const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`, {
      signal,
      redirect: 'error',
    })
    return answer.ok ? ((await answer.json()) as readonly Suggestion[]) : null
  } catch {
    return null
  }
}
