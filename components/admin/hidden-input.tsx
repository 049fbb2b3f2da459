'use client'

import { useState } from 'react'

/**
 * A hidden field that keeps its first value when the page is refreshed, because the typed text was based on
 * that version.
 */
export function HiddenInput({ name, value }: { name: string; value: string }) {
  const [initial] = useState(value)
  return <input type="hidden" name={name} value={initial} />
}
