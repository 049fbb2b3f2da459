import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import '../../styles/desk.css'
import '../../styles/history.css'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** Brings the style sheets of the protected part; who may propose is asked by the page and the command. */
export default function ProposeLayout({ children }: { children: ReactNode }) {
  return children
}
