/** Answers with an XML document; the content must be well formed. */
export function xmlResponse(content: string): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${content}\n`, {
    headers: { 'Content-Type': 'application/xml; charset=utf-8' },
  })
}
