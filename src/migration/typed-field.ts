import { decorator, type DecoratorSource } from './decorator-source.js'
import { unescapeName } from './field-tree.js'
import { readLiteral, readString } from './read-literal.js'
import { alternativesOf, hasImpliedParts, type TypePlace } from './read-type.js'
import { expression, inBrackets, propertyName, quote, text } from './source-text.js'
import { splitOutside } from './split-outside.js'
import { flagOption, isUsable } from './write-expression.js'

/** The decorator of a type that no field has, as a whole; undefined where the database has more in it than the type says. */
export function typedField(type: string, place: TypePlace): DecoratorSource | undefined {
  const alternatives = alternativesOf(type)
  const isOneOfSeveral = (place.isOneOfSeveral ?? false) || alternatives.length > 1
  if (place.onDelete !== undefined || !hasImpliedParts(alternatives, { ...place, isOneOfSeveral })) return undefined
  if (!isUsable(type)) return undefined
  const options = [
    ['type', expression(alternatives.join(' | '))] as const,
    ...flagOption('required', !alternatives.includes('none')),
  ]
  return decorator('AnyField', typeScriptOf(type), { options })
}

/** The decorator of a field whose type the database was not told. */
export function untypedField({ node }: TypePlace): DecoratorSource | undefined {
  const hasParts = node !== undefined && (node.inside.size > 0 || node.element !== undefined)
  return hasParts ? undefined : decorator('AnyField', 'unknown', { options: [['type', text('null')]] })
}

/** What values of a type are when they come back as they are. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['bool', 'boolean'],
  ['bytes', 'ArrayBuffer'],
  ['datetime', 'DateTime'],
  ['decimal', 'Decimal'],
  ['duration', 'Duration'],
  ['file', 'FileRef'],
  ['float', 'number'],
  ['geometry', 'Geometry'],
  ['int', 'number'],
  ['null', 'null'],
  ['number', 'number | bigint | Decimal'],
  ['object', 'Record<string, unknown>'],
  ['range', 'Range<unknown, unknown>'],
  ['record', 'RecordId'],
  ['string', 'string'],
  ['table', 'Table'],
  ['uuid', 'Uuid'],
])

/** The TypeScript type of a SurrealQL type without NONE. */
function typeScriptOf(type: string): string {
  const present = alternativesOf(type).filter((each) => each !== 'none')
  const types = new Set(present.map(oneType))
  return types.has('unknown') || types.size === 0 ? 'unknown' : [...types].join(' | ')
}

function oneType(type: string): string {
  const literal = readLiteral(type)
  if (literal !== undefined) return typeof literal === 'string' ? quote(literal) : String(literal)
  if (type.startsWith('{')) return objectType(partsOf(type))
  if (type.startsWith('[')) return `[${partsOf(type).map(typeScriptOf).join(', ')}]`
  const [, word = type, inner] = /^(\w+)<(.*)>$/s.exec(type) ?? []
  if (word === 'array') return `${inBrackets(itemType(inner))}[]`
  if (word === 'set') return `Set<${itemType(inner)}>`
  return CLASSES.get(word) ?? literalClass(type)
}

/** Of those that are no values of JavaScript. */
function literalClass(type: string): string {
  if (/^-?[\d.e+-]+dec$/i.test(type)) return 'Decimal'
  if (/^-?\d+(\.\d+)?f$/.test(type)) return 'number'
  return /^(\d+(ns|µs|us|ms|s|m|h|d|w|y))+$/.test(type) ? 'Duration' : 'unknown'
}

function partsOf(written: string): readonly string[] {
  const inside = written.slice(1, -1).trim()
  return inside === '' ? [] : splitOutside(inside, ',').map((each) => each.trim())
}

function objectType(parts: readonly string[]): string {
  if (parts.length === 0) return 'Record<string, never>'
  const keys = parts.map((part) => {
    const [key = '', ...type] = splitOutside(part, ':')
    const rest = type.join(':').trim()
    const isOptional = alternativesOf(rest).includes('none')
    return `${propertyName(nameOf(key.trim()))}${isOptional ? '?' : ''}: ${typeScriptOf(rest)}`
  })
  return `{ ${keys.join('; ')} }`
}

function nameOf(key: string): string {
  return /^['"]/.test(key) ? readString(key) : unescapeName(key)
}

function itemType(inner: string | undefined): string {
  const [item = 'any'] = inner === undefined ? [] : splitOutside(inner, ',')
  const isOptional = alternativesOf(item).includes('none')
  return `${typeScriptOf(item)}${isOptional ? ' | undefined' : ''}`
}
