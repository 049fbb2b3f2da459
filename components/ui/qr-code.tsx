/**
 * A QR code as SVG: dark on light in every colour scheme, because scanners need it.
 *
 * @param size number of modules per side
 * @param dark rows of modules; true is dark
 * @param title the accessible name
 */
export function QrCode({
  size,
  dark,
  title,
}: {
  size: number
  dark: readonly (readonly boolean[])[]
  title: string
}) {
  const squares = dark.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  )
  return (
    <svg className="qr" viewBox={`-3 -3 ${size + 6} ${size + 6}`} role="img" aria-label={title}>
      <rect x={-3} y={-3} width={size + 6} height={size + 6} fill="#fff" />
      <path d={squares.join('')} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
