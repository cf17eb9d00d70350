import { ModelDefinitionError } from '../../errors.js'
import type { CompiledQuery } from '../compiled-query.js'
import type { Dialect } from '../dialect.js'
import { writeLiteral } from './write-literal.js'

/** What `inlineBindings` has to know of the definition. */
export interface InlineOptions {
  readonly dialect: Dialect
  /** Names the definition, for errors. */
  readonly where: string
  /** Several statements are fine; a single expression otherwise. */
  readonly block?: boolean
}

/** Quotes with what is escaped in them, comments, names, and any other character by itself. */
const TOKEN =
  /(?<comment>--.*|\/\/.*|#.*|\/\*[^]*?\*\/)|(?<quoted>"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|`(?:\\[^]|[^`\\])*`|⟨(?:\\[^]|[^⟩\\])*⟩)|\$(?<parameter>\w+)|(?<word>\w+)|(?<space>\s+)|(?<other>[^])/uy
const REGEX = /\/(?:\\.|[^/\\\n])+\//y
/** After one of these a slash begins a regular expression; after anything else it divides. */
const BEFORE_A_VALUE =
  /^(?:[([{,;:=!<>+\-*%?|&~@]|AND|OR|IN|INSIDE|NOTINSIDE|CONTAINS\w*|IS|NOT|RETURN|THEN|ELSE|WHERE|VALUE)?$/i
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/**
 * The text of a query with each parameter replaced by the literal of its value, and without comments. Only what the
 * database would take for the parameter is replaced: a `$p0` inside of a string stays as it is.
 */
export function inlineBindings({ query, bindings }: CompiledQuery, options: InlineOptions): string {
  const missing = new Set(Object.keys(bindings))
  const brackets: string[] = []
  let text = ''
  let before = ''
  for (let position = 0; position < query.length;) {
    const { token, kind } = nextToken(query, position, before)
    position += token.length
    const name = token.slice(1)
    if (kind === 'parameter' && Object.hasOwn(bindings, name)) {
      missing.delete(name)
      text += writeLiteral(bindings[name], options.where, options.dialect)
    } else {
      text += kind === 'comment' ? ' ' : token
    }
    if (kind !== 'comment' && kind !== 'space') before = token
    if (kind === 'other') checkPunctuation(token, brackets, options)
  }
  if (brackets.length > 0) throw invalid(options, `"${brackets.at(-1)!}" is missing`)
  if (missing.size > 0) throw invalid(options, 'a value stands within quotes, a comment or a regular expression')
  const trimmed = text.trim()
  if (trimmed === '') throw invalid(options, 'there is no expression')
  return trimmed
}

interface Token {
  readonly token: string
  readonly kind: string
}

function nextToken(query: string, position: number, before: string): Token {
  if (query[position] === '/' && BEFORE_A_VALUE.test(before)) {
    REGEX.lastIndex = position
    const regex = REGEX.exec(query)
    if (regex && !/^\/[/*]/.test(regex[0])) return { token: regex[0], kind: 'regex' }
  }
  TOKEN.lastIndex = position
  const { 0: token, groups } = TOKEN.exec(query)!
  const [kind] = Object.entries(groups!).find(([, part]) => part !== undefined)!
  return { token, kind }
}

function checkPunctuation(token: string, brackets: string[], options: InlineOptions): void {
  const closing = CLOSING[token]
  if (closing !== undefined) brackets.push(closing)
  else if (')]}'.includes(token) && brackets.pop() !== token) throw invalid(options, `there is a "${token}" too many`)
  else if ('"\'`⟨'.includes(token)) throw invalid(options, 'a quote has no end')
  else if (token === ';' && brackets.length === 0 && !options.block)
    throw invalid(options, 'it is several statements where one expression belongs; put them in { }')
}

function invalid({ where }: InlineOptions, what: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_DEFINITION', `${where}: the expression cannot be used, ${what}.`)
}
