const QUOTES = new Set(["'", '"', '`'])
const CLOSED_BY: Readonly<Record<string, string>> = { '<': '>', '(': ')', '[': ']', '{': '}' }

/** The clauses that may follow the type of a field, in the engine's own writing. */
const AFTER_TYPE = new Set([
  ...['FLEXIBLE', 'REFERENCE', 'DEFAULT', 'READONLY', 'VALUE', 'ASSERT', 'COMPUTED', 'COMMENT', 'PERMISSIONS'],
])

/** Splits text at a separator, but not inside of quotes or brackets. */
export function splitOutside(text: string, separator: string): string[] {
  const parts = ['']
  const awaited: string[] = []
  let quote: string | undefined
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!
    if (quote === undefined && awaited.length === 0 && character === separator) {
      parts.push('')
      continue
    }
    parts[parts.length - 1] += character
    if (quote !== undefined) {
      // what is escaped is no quote
      if (character === '\\') parts[parts.length - 1] += text[++index] ?? ''
      else if (character === quote) quote = undefined
    } else if (QUOTES.has(character)) quote = character
    else if (character === awaited.at(-1)) awaited.pop()
    else if (opens(text, index)) awaited.push(CLOSED_BY[character]!)
  }
  return parts
}

/** `<` is a bracket behind the name of a type, and an operator elsewhere. */
function opens(text: string, index: number): boolean {
  const character = text[index]!
  if (character !== '<') return character in CLOSED_BY
  return /\w/.test(text[index - 1] ?? '') && text[index + 1] !== '-'
}

/** The words of a definition. */
export function wordsOf(definition: string): string[] {
  return splitOutside(definition, ' ').filter((word) => word !== '')
}

/** The type in a field's definition; undefined when any value will do. */
export function typeOf(definition: string): string | undefined {
  const words = wordsOf(definition)
  // DEFINE FIELD name ON table TYPE …
  if (words[5] !== 'TYPE') return undefined
  const end = words.findIndex((word, index) => index > 5 && AFTER_TYPE.has(word))
  return words.slice(6, end < 0 ? undefined : end).join(' ')
}

/** The value of a table's clause that is one word: `TYPE`, `CHANGEFEED`. */
export function clauseOf(definition: string, clause: string): string | undefined {
  const words = wordsOf(definition)
  const index = words.indexOf(clause)
  return index < 0 ? undefined : words[index + 1]
}

const NUMBERS = new Set(['int', 'float', 'decimal'])

/** Whether every value of one type is of the other too, as far as that can be read off them. */
export function isWithin(type: string | undefined, other: string | undefined): boolean {
  if (other === undefined || other === 'any') return true
  if (type === undefined) return false
  const others = alternativesOf(other)
  return alternativesOf(type).every((each) => others.some((wider) => isAlternativeWithin(each, wider)))
}

/** The types in a union. */
export function alternativesOf(type: string): string[] {
  return splitOutside(type, '|').map((alternative) => alternative.trim())
}

function isAlternativeWithin(type: string, other: string): boolean {
  if (type === other) return true
  if (other === 'number') return NUMBERS.has(type)
  if (other === 'string') return type.startsWith("'")
  const [, kind, inner] = /^(\w+)<(.*)>$/s.exec(type) ?? []
  if (kind === undefined || inner === undefined) return false
  if (other === kind) return true
  const [, otherKind, otherInner] = /^(\w+)<(.*)>$/s.exec(other) ?? []
  return kind === otherKind && hasOneArgument(inner) && hasOneArgument(otherInner!) && isWithin(inner, otherInner)
}

/** The others have a length too, which is another matter. */
function hasOneArgument(inner: string): boolean {
  return splitOutside(inner, ',').length === 1
}
