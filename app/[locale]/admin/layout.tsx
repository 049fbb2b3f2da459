import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import '../../styles/audit.css'
import '../../styles/desk.css'
import '../../styles/editing.css'
import '../../styles/history.css'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** Brings the style sheet of the protected part. It protects nothing: each page asks who is there. */
export default function DeskLayout({ children }: { children: ReactNode }) {
  return children
}
