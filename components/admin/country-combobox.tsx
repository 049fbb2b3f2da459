'use client'

import { useEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react'

type CountryComboboxProps = {
  name: string
  label: string
  hint: string
  value: string
  error: string | undefined
  /** URL that answers `?q=` with the countries that may be meant. */
  address: string
  /** Announcements for screen readers, by the number of suggestions. */
  counts: readonly string[]
}

type Suggestion = { code: string; name: string }

/** Pause in typing after which suggestions are fetched. */
const DEBOUNCE_MS = 120

const subscribeNever = () => () => {}

/** Suggestions for what is typed into the box, and which of them is active. */
function useSuggestions(address: string) {
  const input = useRef<HTMLInputElement>(null)
  const asking = useRef<AbortController | null>(null)
  const [found, setFound] = useState<readonly Suggestion[] | null>(null)
  const [active, setActive] = useState(-1)

  useEffect(() => () => asking.current?.abort(), [])

  const close = () => {
    asking.current?.abort()
    setFound(null)
    setActive(-1)
  }

  const suggest = async (typed: string) => {
    asking.current?.abort()
    const request = new AbortController()
    asking.current = request
    const suggestions =
      typed.trim() === '' ? null : await fetchSuggestions(address, typed, request.signal)
    if (request.signal.aborted) return
    setFound(suggestions)
    setActive(-1)
  }

  const choose = (suggestion: Suggestion) => {
    const box = input.current
    if (box) {
      box.value = suggestion.name
      // The form saves its draft when an input changes.
      box.dispatchEvent(new Event('input', { bubbles: true }))
    }
    close()
  }

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (found === null || found.length === 0) {
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
        // Without a chosen suggestion Enter submits the form, as in any other box.
        if (!chosen) return
        choose(chosen)
        break
      }
      default:
        return
    }
    event.preventDefault()
  }

  return { input, found, active, close, suggest, choose, press }
}

/**
 * A box for the name of a country in any language. With scripts it suggests countries while the user
 * types (the combobox of the WAI-ARIA practices); without them it is a plain box.
 */
export function CountryCombobox(props: CountryComboboxProps) {
  const { name, label, hint, value, error, address, counts } = props
  const hasScripts = useSyncExternalStore(
    subscribeNever,
    () => true,
    () => false,
  )
  const { input, found, active, close, suggest, choose, press } = useSuggestions(address)
  const optionId = (at: number) => `${name}-option-${at}`
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
            'aria-expanded': found !== null && found.length > 0,
            'aria-controls': `${name}-list`,
            'aria-activedescendant': active < 0 ? undefined : optionId(active),
          })}
          onChange={(event) => void suggest(event.currentTarget.value)}
          onKeyDown={press}
          onBlur={close}
        />
        {hasScripts ? (
          <SuggestionList
            {...{ name, active, counts, optionId }}
            suggestions={found}
            onChoose={choose}
          />
        ) : null}
      </div>
    </div>
  )
}

type SuggestionListProps = {
  name: string
  /** Null before anything was typed. */
  suggestions: readonly Suggestion[] | null
  /** Index of the suggestion that the keyboard is at; -1 if it is at none. */
  active: number
  counts: readonly string[]
  optionId: (at: number) => string
  onChoose: (suggestion: Suggestion) => void
}

function SuggestionList(props: SuggestionListProps) {
  const { name, suggestions, active, counts, optionId, onChoose } = props
  return (
    <>
      <ul
        id={`${name}-list`}
        role="listbox"
        aria-labelledby={`${name}-label`}
        className="suggestions"
        hidden={suggestions === null || suggestions.length === 0}
      >
        {(suggestions ?? []).map((suggestion, at) => (
          <li
            key={suggestion.code}
            id={optionId(at)}
            role="option"
            aria-selected={at === active}
            // The box keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(suggestion)}
          >
            {suggestion.name}
          </li>
        ))}
      </ul>
      <small className="visually-hidden" role="status">
        {suggestions === null ? '' : counts[suggestions.length]}
      </small>
    </>
  )
}

/** Null if the site did not answer, or if the request was aborted by a later one. */
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
