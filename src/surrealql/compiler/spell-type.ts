import { requireFeature, type Dialect, type Feature } from '../dialect.js'

/** Quoted names and texts, brackets, the bar between alternatives, and runs of anything else. */
const TOKEN = /`(?:\\[^]|[^`\\])*`|"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|[<[{(]|[>\]})]|\||,|[^`"'<[{(>\]})|,]+/g

/** What the words of some types need. */
const FEATURES: ReadonlyMap<string, Feature> = new Map([
  ['file', 'files'],
  ['table', 'types of tables'],
])

/** A type as the server spells it: one that may be missing is `none | T`, and was `option<T>`. `where` is what it is of. */
export function spellType(type: string, dialect: Dialect, where: string): string {
  if (dialect.definitions.noneType) return type
  const tokens = type.match(TOKEN) ?? []
  for (const token of tokens) {
    // a word in front of a colon is a key
    for (const [word] of /^[`"']/.test(token) ? [] : token.matchAll(/\b\w+\b(?!\s*:)/g)) {
      const feature = FEATURES.get(word)
      if (feature) requireFeature(dialect, feature, where)
    }
  }
  return spellAlternatives(tokens, 0).text
}

interface Spelled {
  readonly text: string
  /** Of the first token that is not part of it. */
  readonly next: number
}

/** `A | B` up to a closing bracket, a comma or the end. */
function spellAlternatives(tokens: readonly string[], start: number): Spelled {
  const alternatives = ['']
  let next = start
  for (; next < tokens.length && !/^[>\]}),]$/.test(tokens[next]!); next++) {
    const token = tokens[next]!
    if (token === '|') alternatives.push('')
    else if (/^[<[{(]$/.test(token)) {
      const inside = spellList(tokens, next + 1)
      alternatives.push(`${alternatives.pop()!}${token}${inside.text}${tokens[inside.next] ?? ''}`)
      next = inside.next
    } else alternatives.push(`${alternatives.pop()!}${token}`)
  }
  return { text: optional(alternatives), next }
}

function spellList(tokens: readonly string[], start: number): Spelled {
  const first = spellAlternatives(tokens, start)
  if (tokens[first.next] !== ',') return first
  const rest = spellList(tokens, first.next + 1)
  return { text: `${first.text},${rest.text}`, next: rest.next }
}

function optional(alternatives: readonly string[]): string {
  // the first one may carry the name of the key it belongs to: `{ a: none | int }`
  const [, key = '', first = ''] = /^(\s*(?:[^:]*:\s*)?)([^]*)$/.exec(alternatives[0]!)!
  const all = [first, ...alternatives.slice(1)]
  const present = all.filter((each) => each.trim() !== 'none')
  if (present.length === all.length || present.length === 0) return alternatives.join('|')
  const [, end = ''] = /(\s*)$/.exec(all.at(-1)!)!
  return `${key}option<${present.join('|').trim()}>${end}`
}
