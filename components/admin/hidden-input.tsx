'use client'

import { useState } from 'react'

/**
 * A hidden field that keeps the value it came with: text that stands in the form was made from that
 * version, also when the page behind it is refreshed.
 */
export function HiddenInput({ name, value }: { name: string; value: string }) {
  const [initial] = useState(value)
  return <input type="hidden" name={name} value={initial} />
}
