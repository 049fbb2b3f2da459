type FileOptions = {
  /** With its extension, in ASCII. */
  name: string
  /** Without the character set. */
  contentType: string
  headers: Readonly<Record<string, string>>
}

/** A response that browsers save as a file, in UTF-8. */
export function fileResponse(body: BodyInit, { name, contentType, headers }: FileOptions) {
  return new Response(body, {
    headers: {
      'Content-Type': `${contentType}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${name}"`,
      ...headers,
    },
  })
}
