/** Half of a surrogate pair, as `text.slice(0, 1)` may leave it, would be stored as U+FFFD. */
export function isText(text: string): boolean {
  return text.isWellFormed()
}

export const NO_TEXT = 'has half of a surrogate pair, which is no text'
