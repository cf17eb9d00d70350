/** A value that stands in a type as itself; undefined for what is none, or none that a field can have. */
export function readLiteral(written: string): string | number | boolean | undefined {
  if (/^(?:'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*")$/.test(written)) return readString(written)
  if (written === 'true' || written === 'false') return written === 'true'
  if (/^-?\d+$/.test(written)) return exact(Number(written), true)
  return /^-?\d[\d.e+-]*f$/i.test(written) ? exact(Number(written.slice(0, -1)), false) : undefined
}

/** Whole numbers and others are written differently. */
function exact(value: number, isWhole: boolean): number | undefined {
  const isRight = isWhole ? Number.isSafeInteger(value) : Number.isFinite(value) && !Number.isInteger(value)
  return isRight ? value : undefined
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', b: '\b', 0: '\0' }

/** A string as SurrealQL writes it, quotes included. */
export function readString(written: string): string {
  return written.slice(1, -1).replaceAll(/\\(?:u\{([\da-f]+)\}|(.))/gis, (_, code?: string, character?: string) => {
    if (code !== undefined) return String.fromCodePoint(parseInt(code, 16))
    return ESCAPED[character!] ?? character!
  })
}
