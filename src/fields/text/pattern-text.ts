/** No pattern of JavaScript begins like this, so that the flags can be told from it. */
const FLAGS_IN_FRONT = /^\(\?([a-z]+)\)/

/** A regular expression as the database writes it, flags in front: `/^a/i` is `(?i)^a`. */
export function patternText(pattern: RegExp): string {
  return pattern.flags === '' ? pattern.source : `(?${pattern.flags})${pattern.source}`
}

/** The regular expression that a text says; undefined when JavaScript has no such one. */
export function toPattern(text: string): RegExp | undefined {
  const found = FLAGS_IN_FRONT.exec(text)
  try {
    return found ? new RegExp(text.slice(found[0].length), found[1]) : new RegExp(text)
  } catch {
    return undefined
  }
}
