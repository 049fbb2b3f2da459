/** The red umbrella, the mark of the sex workers’ rights movement; decoration, so without a name. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path d="M24 3v4.5C12.5 8.2 4 16.5 3 28c3-3.4 7.3-3.4 10.4.3 2.6-3.8 8-3.8 10.6 0 2.6-3.8 8-3.8 10.6 0 3.1-3.7 7.4-3.7 10.4-.3C44 16.5 35.5 8.2 24 7.5" />
      <path className="shaft" d="M24 27v13.5a4.5 4.5 0 0 1-9 0" />
    </svg>
  )
}
