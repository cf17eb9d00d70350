import { splitOutside } from './split-outside.js'

/** An expression of TypeScript, as far as models need it. */
export type Source =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Source[] }
  | { readonly kind: 'object'; readonly entries: readonly SourceEntry[] }
  | { readonly kind: 'call'; readonly name: string; readonly items: readonly Source[] }

/** A key of an object and its value; none of an object has a key twice. */
export type SourceEntry = readonly [key: string, value: Source]

/** Text that stays as it is. */
export const text = (written: string): Source => ({ kind: 'text', text: written })

/** A string. */
export const quoted = (content: string): Source => ({ kind: 'string', text: quote(content) })

/** A list. */
export const list = (items: readonly Source[]): Source => ({ kind: 'list', items })

/** An object. */
export const object = (entries: readonly SourceEntry[]): Source => ({ kind: 'object', entries })

/** A call, of a constructor too: `new Analyzer`. */
export const call = (name: string, items: readonly Source[]): Source & { readonly kind: 'call' } => ({
  kind: 'call',
  name,
  items,
})

/** `() => A`, or `() => [A, B]`. */
export const linkTo = (models: readonly string[]): Source =>
  text(`() => ${models.length === 1 ? models[0]! : `[${models.join(', ')}]`}`)

/** A type of which there is a list. */
export function inBrackets(type: string): string {
  return splitOutside(type, '|').length > 1 ? `(${type})` : type
}

/** SurrealQL, as an expression that the compiler of definitions takes as it is. */
export const expression = (surrealql: string): Source => text(`surql\`${asTemplate(surrealql)}\``)

const WIDTH = 120
const STEP = 2

/** Where text is put. */
interface At {
  /** The spaces before the line that it begins in. */
  readonly indent: number
  /** How much of that line is taken. */
  readonly column: number
  /** How much has to fit behind it, in the line that it ends in. */
  readonly behind: number
}

/** A decorator without its `@`, in lines that are not too long where that can be had. */
export function printDecorator(source: Source & { readonly kind: 'call' }, at: At): string {
  const inOneLine = flat(source)
  const fits = !source.items.some(hasToBreak) && at.column + inOneLine.length + at.behind <= WIDTH
  return fits ? inOneLine : printCall(source.name, source.items, at)
}

/** An expression as text, in lines that are not too long where that can be had. */
export function print(source: Source, at: At): string {
  const inOneLine = flat(source)
  if (!hasToBreak(source) && at.column + inOneLine.length + at.behind <= WIDTH) return inOneLine
  switch (source.kind) {
    case 'text':
    case 'string':
      return source.text
    case 'list':
      return source.items.length === 0 ? '[]' : lines(['[', ']'], source.items.map(item), at)
    case 'object':
      return source.entries.length === 0 ? '{}' : lines(['{', '}'], source.entries.map(entry), at)
    case 'call':
      return takesFunctions(source)
        ? lines([`${source.name}(`, ')'], source.items.map(item), at)
        : printCall(source.name, source.items, at)
    default:
      return source satisfies never
  }
}

/** The last one of several is opened where it can be, and otherwise each is in a line of its own. */
function printCall(name: string, items: readonly Source[], at: At): string {
  const before = items.slice(0, -1)
  const last = items.at(-1)
  if (last === undefined) return `${name}()`
  const start = `${name}(${before.map((each) => `${flat(each)}, `).join('')}`
  const opens = last.kind === 'object' || last.kind === 'list'
  const fits = at.column + start.length + 1 <= WIDTH && !before.some(hasToBreak)
  if (opens && fits && before.at(-1)?.kind !== last.kind) {
    return `${start}${print(last, { indent: at.indent, column: WIDTH, behind: 1 })})`
  }
  return lines([`${name}(`, ')'], items.map(item), at)
}

type Line = (indent: number) => string

const item =
  (source: Source): Line =>
  (indent) =>
    print(source, { indent, column: indent, behind: 1 })

const entry =
  ([key, value]: SourceEntry): Line =>
  (indent) => {
    const start = `${propertyName(key)}:`
    const written = print(value, { indent, column: indent + start.length + 1, behind: 1 })
    const isTooLong = value.kind === 'string' && indent + start.length + 1 + written.length + 1 > WIDTH
    return isTooLong ? `${start}\n${' '.repeat(indent + STEP)}${written}` : `${start} ${written}`
  }

/** Each in a line of its own, between brackets. */
function lines([open, close]: readonly [string, string], all: readonly Line[], { indent }: At): string {
  const inner = indent + STEP
  const written = all.map((line) => `${' '.repeat(inner)}${line(inner)},\n`)
  return `${open}\n${written.join('')}${' '.repeat(indent)}${close}`
}

function flat(source: Source): string {
  switch (source.kind) {
    case 'text':
    case 'string':
      return source.text
    case 'list':
      return `[${source.items.map(flat).join(', ')}]`
    case 'object': {
      const entries = source.entries.map(([key, value]) => `${propertyName(key)}: ${flat(value)}`)
      return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
    }
    case 'call':
      return `${source.name}(${source.items.map(flat).join(', ')})`
    default:
      return source satisfies never
  }
}

/** Several objects of several keys stand below each other. */
function hasToBreak(source: Source): boolean {
  switch (source.kind) {
    case 'list': {
      const isTable = source.items.length > 1 && source.items.every((each) => sizeOf(each) > 1)
      return isTable || source.items.some(hasToBreak)
    }
    case 'object':
      return source.entries.some(([, value]) => hasToBreak(value))
    case 'call':
      return takesFunctions(source) || source.items.some(hasToBreak)
    case 'text':
    case 'string':
      return false
    default:
      return source satisfies never
  }
}

/** Of several arguments, one is a call that is given a function: each has a line of its own. */
function takesFunctions({ items }: Source & { readonly kind: 'call' }): boolean {
  const isFunction = (source: Source): boolean => source.kind === 'text' && source.text.startsWith('() =>')
  return items.length > 1 && items.some((each) => each.kind === 'call' && each.items.some(isFunction))
}

function sizeOf(source: Source): number {
  return source.kind === 'object' ? source.entries.length : 0
}

/** A name as a key or a property. */
export function propertyName(name: string): string {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : quote(name)
}

/** A string of TypeScript, in the quotes that need fewer backslashes. */
export function quote(content: string): string {
  const count = (character: string): number => content.split(character).length
  const mark = count("'") > count('"') ? '"' : "'"
  const escaped = JSON.stringify(content).slice(1, -1).replaceAll('\\"', '"').replaceAll(mark, `\\${mark}`)
  return `${mark}${visible(escaped)}${mark}`
}

function asTemplate(content: string): string {
  return visible(
    content
      .replaceAll(/[\\`]|\$(?=\{)/g, '\\$&')
      .replaceAll('\r', '\\r')
      .replaceAll('\n', '\\n'),
  )
}

/** What ends a line, or is not seen in it, as its number. */
function visible(content: string): string {
  return content.replaceAll(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
