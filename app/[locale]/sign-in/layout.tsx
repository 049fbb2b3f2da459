import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import '../../styles/admin.css'
import '../../styles/sign-in.css'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** Brings the style sheets of the pages on which people say who they are. */
export default function SignInLayout({ children }: { children: ReactNode }) {
  return children
}
