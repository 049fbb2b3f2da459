// What XML 1.0 has no way to write, not even as a reference (https://www.w3.org/TR/xml/#charsets).
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const INVALID_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** Leaves out what XML cannot hold, for whoever escapes the rest. */
export function stripInvalidXml(text: string): string {
  return text.toWellFormed().replaceAll(INVALID_XML, '')
}

/**
 * Writes a text so that it is text in HTML and in XML, between tags and in double quotes. Characters
 * that XML cannot hold are left out.
 */
export function escapeXml(text: string): string {
  return stripInvalidXml(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
