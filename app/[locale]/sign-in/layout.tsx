import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import '../../styles/admin.css'
import '../../styles/sign-in.css'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** Loads the style sheets of the pages around signing in. */
export default function SignInLayout({ children }: { children: ReactNode }) {
  return children
}
