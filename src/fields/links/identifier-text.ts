/** A name as the driver writes it: as it is, or within `⟨…⟩` with each `⟩` escaped. */
export const IDENTIFIER_TEXT = '(?:\\w+|⟨[^]*⟩)'

/** The name behind its text. */
export function readIdentifier(text: string): string {
  return text.startsWith('⟨') ? text.slice(1, -1).replaceAll('\\⟩', '⟩') : text
}
