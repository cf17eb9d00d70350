import { decorator, optional, toSource, withOptions, type DecoratorSource } from './decorator-source.js'
import { unescapeName, type FieldNode } from './field-tree.js'
import { readLiteral } from './read-literal.js'
import {
  alternativesOf,
  hasImpliedParts,
  isOnlyTyped,
  readPresence,
  type Presence,
  type TypePlace,
} from './read-type.js'
import { inBrackets, linkTo, list, object, quote, quoted, text, type SourceEntry } from './source-text.js'
import { splitOutside } from './split-outside.js'
import { typedField } from './typed-field.js'

/** A decorator for a field that has to be there, or not; undefined where that decorator cannot say it. */
export function withPresence(
  source: DecoratorSource,
  presence: Presence,
  options: readonly SourceEntry[] = [],
): DecoratorSource | undefined {
  // of any kind are NONE and NULL too
  if (source.name === 'AnyField') return withOptions(source, options)
  if (presence === 'required') return withOptions(source, [['required', text('true')], ...options])
  if (presence === 'optional' && source.allowsNull) return optional(source, options)
  return presence === 'optional' || source.allowsNull ? withOptions(source, options) : undefined
}

const SCALARS: Readonly<Record<string, readonly [name: string, type: string]>> = {
  any: ['AnyField', 'unknown'],
  bool: ['BooleanField', 'boolean'],
  bytes: ['BytesField', 'Uint8Array'],
  datetime: ['DateTimeField', 'Date'],
  decimal: ['DecimalField', 'Decimal'],
  duration: ['DurationField', 'Duration'],
  file: ['FileField', 'FileRef'],
  float: ['FloatField', 'number'],
  geometry: ['GeometryField', 'Geometry'],
  int: ['IntField', 'number'],
  number: ['NumberField', 'number | bigint | Decimal'],
  record: ['RecordIDField', 'RecordId'],
  string: ['StringField', 'string'],
  uuid: ['UUIDField', 'Uuid'],
}

const GEOMETRIES: Readonly<Record<string, readonly [name: string, type: string]>> = {
  point: ['PointField', 'GeometryPoint'],
  line: ['LineField', 'GeometryLine'],
  polygon: ['PolygonField', 'GeometryPolygon'],
  multipoint: ['MultiPointField', 'GeometryMultiPoint'],
  multiline: ['MultiLineField', 'GeometryMultiLine'],
  multipolygon: ['MultiPolygonField', 'GeometryMultiPolygon'],
  collection: ['GeometryCollectionField', 'GeometryCollection'],
}

/** The decorator for values of some types, neither NONE nor NULL among them; undefined where there is none. */
export function decoratorFor(alternatives: readonly string[], place: TypePlace): DecoratorSource | undefined {
  const [first = '', ...others] = alternatives
  if (others.length === 0) return decoratorForOne(first, place)
  const literals = alternatives.map(readLiteral)
  if (literals.every((each) => each !== undefined)) return literalField(literals, place)
  return unionField(alternatives, place)
}

function decoratorForOne(type: string, place: TypePlace): DecoratorSource | undefined {
  const [, word = type, inner] = /^(\w+)<(.*)>$/s.exec(type) ?? []
  const name = word === 'array' || word === 'set' ? `${word}<>` : inner === undefined ? word : `${word}<>`
  switch (name) {
    case 'array<>':
      return listField(inner ?? 'any', place)
    case 'set<>':
      return setField(inner ?? 'any', place)
    case 'object':
      return objectField(place)
    case 'record<>':
      return referenceField(namesIn(inner!), place)
    case 'range':
      return leaf(decorator('RangeField', 'Range<unknown, unknown>', { items: [text('AnyField()')] }), place)
    case 'geometry<>':
      return scalar(GEOMETRIES[inner!], [], place)
    case 'file<>':
      return namesIn(inner!).length === 1 ? scalar(SCALARS['file'], [['bucket', names(inner!)[0]!]], place) : undefined
    case 'table<>':
      return leaf(decorator('TableField', 'Table', { options: [['tables', list(names(inner!))]] }), place)
    default: {
      const literal = readLiteral(type)
      return literal === undefined ? scalar(SCALARS[name], [], place) : literalField([literal], place)
    }
  }
}

function namesIn(inner: string): readonly string[] {
  return alternativesOf(inner).map(unescapeName)
}

const names = (inner: string) => namesIn(inner).map(quoted)

function scalar(
  found: readonly [name: string, type: string] | undefined,
  options: readonly SourceEntry[],
  place: TypePlace,
): DecoratorSource | undefined {
  if (!found) return undefined
  const [name, type] = found
  return leaf(decorator(name, type, { options: [...options], needsDefinition: name === 'AnyField' }), place)
}

/** A decorator of what has no parts; undefined where the database has some. */
function leaf(source: DecoratorSource, { node, onDelete }: TypePlace): DecoratorSource | undefined {
  const hasParts = node !== undefined && (node.inside.size > 0 || node.element !== undefined)
  return hasParts || onDelete !== undefined ? undefined : source
}

function literalField(literals: readonly (string | number | boolean)[], place: TypePlace): DecoratorSource | undefined {
  if (new Set(literals).size < literals.length) return undefined
  const written = literals.map((each) => (typeof each === 'string' ? quote(each) : String(each)))
  return leaf(decorator('LiteralField', written.join(' | '), { items: written.map(text) }), place)
}

/** A link to another model, or to a table without one. */
function referenceField(tables: readonly string[], place: TypePlace): DecoratorSource | undefined {
  const { onDelete, ...alone } = place
  const models = tables.map(place.modelFor)
  if (!models.every((model) => model !== undefined)) {
    const table: SourceEntry = ['table', quoted(tables[0]!)]
    const isOne = tables.length === 1 && onDelete === undefined
    return isOne ? leaf(decorator('RecordIDField', 'RecordId', { options: [table] }), alone) : undefined
  }
  const options: SourceEntry[] = onDelete === undefined ? [] : [['onDelete', onDelete]]
  const items = [linkTo(models)]
  const type = `Ref<${models.join(' | ')}>`
  return leaf(decorator('ReferenceField', type, { items, options, allowsNull: onDelete === undefined }), alone)
}

/** Literals that stand beside each other are one field. */
function unionField(alternatives: readonly string[], place: TypePlace): DecoratorSource | undefined {
  if (place.onDelete !== undefined || !hasImpliedParts(alternatives, place)) return undefined
  const members: DecoratorSource[] = []
  for (let index = 0; index < alternatives.length; index++) {
    const literals: (string | number | boolean)[] = []
    for (
      let each = readLiteral(alternatives[index]!);
      each !== undefined;
      each = readLiteral(alternatives[++index] ?? '')
    )
      literals.push(each)
    if (literals.length > 0) index--
    const member = literals.length > 0 ? literalField(literals, bare(place)) : memberOf(alternatives[index]!, place)
    if (!member) return undefined
    members.push(member)
  }
  if (members.length < 2) return undefined
  return decorator('UnionField', [...new Set(members.map(({ type }) => type))].join(' | '), {
    items: members.map(toSource),
  })
}

function memberOf(type: string, place: TypePlace): DecoratorSource | undefined {
  if (type === 'object') return objectField({ ...bare(place), isSchemaless: isFlexible(place) })
  const member = decoratorForOne(type, bare(place))
  // such a union is of any type to the database
  return member?.allowsNull ? member : undefined
}

function isFlexible({ node, isSchemaless, structureOf }: TypePlace): boolean {
  return (isSchemaless ?? true) || ((node && structureOf?.(node)?.flexible) ?? false)
}

/** The same without a field. */
function bare({ modelFor }: TypePlace): TypePlace {
  return { modelFor }
}

/** An object: with fields of its own, with one kind of value under any key, or with anything. */
function objectField(place: TypePlace): DecoratorSource | undefined {
  const { node, structureOf, writeObject } = place
  if (place.onDelete !== undefined) return undefined
  if (node?.element) return dictField(node.element, place)
  const isOpen = isFlexible(place)
  if (node && node.inside.size > 0) return writeObject?.(node.inside, structureOf?.(node)?.flexible ?? false)
  if (isOpen) return decorator('ObjectField', 'Record<string, unknown>', { needsDefinition: true })
  return decorator('ObjectField', 'Record<string, never>', { items: [object([])] })
}

function dictField(element: FieldNode, place: TypePlace): DecoratorSource | undefined {
  const type = place.structureOf?.(element)?.kind
  const isFlexibleItself = place.structureOf?.(place.node!)?.flexible ?? false
  if (type === undefined || isFlexibleItself || place.node!.inside.size > 0) return undefined
  const item = elementField(type, { ...place, node: element })
  if (!item) return undefined
  const options = { items: [toSource(item)], allowsNull: false, needsDefinition: true }
  return decorator('DictField', `Record<string, ${item.type}>`, options)
}

const VECTOR_TYPES: Readonly<Record<string, readonly SourceEntry[]>> = { float: [], int: [['type', quoted('I64')]] }

function listField(inner: string, place: TypePlace): DecoratorSource | undefined {
  const [type = '', length] = splitOutside(inner, ',').map((each) => each.trim())
  if (length === '0') return undefined
  const vector = VECTOR_TYPES[type]
  if (length !== undefined && vector && place.onDelete === undefined && hasImpliedParts([`array<${inner}>`], place))
    return decorator('VectorField', 'number[]', { items: [text(length)], options: [...vector] })
  const limits = limitsOf(length)
  if (type === 'any' && definesNoElements(place)) return decorator('ListField', 'unknown[]', { options: limits })
  const element = elementOf(type, place)
  const item = element && elementField(type, element)
  if (!item) return undefined
  const allowsNull = !item.needsDefinition && place.onDelete === undefined
  return decorator('ListField', `${inBrackets(item.type)}[]`, {
    items: [toSource(item)],
    options: limits,
    allowsNull,
    needsDefinition: item.needsDefinition,
  })
}

/** One length only. */
function limitsOf(length: string | undefined): SourceEntry[] {
  return length === undefined
    ? []
    : [
        ['minLength', text(length)],
        ['maxLength', text(length)],
      ]
}

/** Whether the database knows no more of the elements than it says by itself, where they may be of any type. */
function definesNoElements({ node, structureOf, isNullable, isOneOfSeveral }: TypePlace): boolean {
  if (!node?.element) return !isOneOfSeveral || !node
  const structure = structureOf?.(node.element)
  const isBare = node.element.inside.size === 0 && node.element.element === undefined
  return (isNullable ?? false) && isBare && structure?.kind === 'any' && isOnlyTyped(structure)
}

/** Where the elements of a list are; undefined where the database does not have them as the list says. */
function elementOf(type: string, place: TypePlace): TypePlace | undefined {
  const { node, structureOf } = place
  if (!node) return place
  const isPlain = node.inside.size === 0 && !structureOf?.(node)?.flexible
  if (!isPlain || !node.element || structureOf?.(node.element)?.kind !== type) return undefined
  return { ...place, node: node.element }
}

/** The database has no parts of sets but the elements, which it makes by itself. */
function setField(inner: string, place: TypePlace): DecoratorSource | undefined {
  const [type = '', length] = splitOutside(inner, ',').map((each) => each.trim())
  if (length === '0' || !hasImpliedParts([`set<${inner}>`], place)) return undefined
  const { onDelete } = place
  const item = elementField(type, { ...bare(place), ...(onDelete !== undefined && { onDelete }) })
  if (!item) return undefined
  const options = { items: [toSource(item)], options: limitsOf(length), allowsNull: onDelete === undefined }
  return decorator('SetField', `Set<${item.type}>`, options)
}

/** One element of a list, a set or a dict, with what the database says of it besides. */
function elementField(type: string, place: TypePlace): DecoratorSource | undefined {
  const options = optionsOfElement(place)
  return options && (elementAsField(type, place, options) ?? elementAsType(type, place, options))
}

/** Of a type that no field has. */
function elementAsType(type: string, place: TypePlace, options: readonly SourceEntry[]): DecoratorSource | undefined {
  const found = typedField(type, place)
  // a list has no gaps, so that nothing in it is required
  const own = found?.options.filter(([key]) => key === 'type') ?? []
  return found && { ...found, options: [...options, ...own], needsDefinition: options.length > 0 }
}

function elementAsField(type: string, place: TypePlace, options: readonly SourceEntry[]): DecoratorSource | undefined {
  const read = readPresence(type)
  const isOptional = read?.presence === 'optional'
  if (!read || read.presence === 'nullable' || (isOptional && place.onDelete !== undefined)) return undefined
  const found = decoratorFor(read.alternatives, place)
  if (!found) return undefined
  const needsDefinition = found.needsDefinition || options.length > 0
  if (!isOptional) return { ...withOptions(found, options), needsDefinition }
  return { ...optional(found, options), type: `${found.type} | undefined`, needsDefinition }
}

function optionsOfElement({ node, structureOf, elementOptions }: TypePlace): readonly SourceEntry[] | undefined {
  const structure = node && structureOf?.(node)
  return structure ? elementOptions?.(structure) : []
}
