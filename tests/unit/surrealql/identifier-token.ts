/**
 * Reads one quoted identifier from the beginning of a text, as the database's lexer does: a backslash takes the next
 * character as it stands, and the first backtick that is not taken so ends the name. Undefined when there is none.
 */
export function readIdentifier(text: string): { readonly name: string; readonly rest: string } | undefined {
  if (!text.startsWith('`')) return undefined
  let name = ''
  for (let index = 1; index < text.length; index += 1) {
    const character = text[index]
    if (character === '`') return { name, rest: text.slice(index + 1) }
    if (character === '\\') index += 1
    if (index >= text.length) return undefined
    name += text[index]
  }
  return undefined
}
