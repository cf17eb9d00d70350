import { decorator, toSource, type DecoratorSource } from './decorator-source.js'
import { elementOptions, isSayable, onDeleteOf, storedOptions } from './field-clauses.js'
import { pathKey, type PathStep } from './field-path.js'
import type { FieldNode } from './field-tree.js'
import { readString } from './read-literal.js'
import { alternativesOf, readPresence, type ReadType, type TypePlace } from './read-type.js'
import { typedField, untypedField } from './typed-field.js'
import type { FieldStructure } from './schema-structure.js'
import type { SourceFile, SourceProperty } from './source-file.js'
import { MEMBER_NAMES, propertiesFor } from './source-names.js'
import { object, propertyName, quoted, text } from './source-text.js'
import { computedField, type ComputedPlace } from './write-computed.js'
import { flagOption, textOption } from './write-expression.js'
import { decoratorFor, withPresence } from './decorator-for.js'

/** A field that was written, for the indexes of it. */
export interface WrittenPath {
  /** As an index of the table names it; undefined inside of the elements of a list. */
  readonly name: string | undefined
  /** Undefined for what has no decorator: the ends of a relation. */
  readonly field: DecoratorSource | undefined
  /** Whether an index can still be an option of the field. */
  readonly takesIndex: boolean
}

/** The table whose fields are written. */
export interface FieldsOfTable {
  readonly file: SourceFile
  readonly modelFor: (table: string) => string | undefined
  /** The property of a link that the database watches, by table and name in the database. */
  readonly referenceFor: (table: string, column: string) => string | undefined
  readonly isSchemaless: boolean
  /** By path. */
  readonly structures: ReadonlyMap<string, FieldStructure>
  /** As the database writes them, by path. */
  readonly definitionOf: (path: string) => string
  /** What was written, by {@link pathKey}. */
  readonly written: Map<string, WrittenPath>
}

/** Where a field is. */
interface Owner {
  /** The class it is in. */
  readonly name: string
  /** The names in the database that lead there, `*` for the elements of a list. */
  readonly path: readonly PathStep[]
  /** What an index writes before the name of the property. */
  readonly prefix: string | undefined
}

/** The fields of a class as properties. Definitions that no decorator says are with them. */
export function writeFields(
  table: FieldsOfTable,
  tree: ReadonlyMap<string, FieldNode>,
  owner: Owner,
): readonly SourceProperty[] {
  const properties = propertiesFor(tree.keys(), MEMBER_NAMES)
  return [...tree].map(([column, node]) => {
    const name = properties.get(column)!
    const path = [...owner.path, { column }]
    const written = writeField(table, node, { ...owner, path, prefix: joined(owner.prefix, name) })
    if (!written) return { leftOut: definitionsIn(table, node) }
    if (name !== column) written.field.options.push(['dbField', quoted(column)])
    return { leftOut: [], field: { ...written, name, decorator: written.field } }
  })
}

interface WrittenField {
  readonly field: DecoratorSource
  readonly isRequired: boolean
  readonly isReadonly: boolean
}

/** One field; undefined when no decorator says it. */
function writeField(table: FieldsOfTable, node: FieldNode, owner: Owner): WrittenField | undefined {
  const structure = table.structures.get(node.definition ?? '')
  if (!structure || !isSayable(structure)) return undefined
  const isComputed = structure.computed !== undefined
  // the database has these of the fields of a record itself
  if (owner.path.length > 1 && (isComputed || structure.reference)) return undefined
  const field = fieldOf(structure, { ...placeOf(table, node, owner), referenceFor: table.referenceFor })
  if (!field) return undefined
  table.written.set(pathKey(owner.path), { name: owner.prefix, field, takesIndex: true })
  const { kind = 'any' } = structure
  const isRequired = kind !== 'any' && !alternativesOf(kind).includes('none')
  return { field, isRequired, isReadonly: isComputed }
}

function fieldOf(structure: FieldStructure, place: ComputedPlace): DecoratorSource | undefined {
  const read = structure.kind === undefined ? undefined : readPresence(structure.kind)
  const isOneOfSeveral = read !== undefined && read.presence !== 'required'
  const at = { ...place, isOneOfSeveral, isNullable: read?.presence === 'nullable' }
  if (structure.computed !== undefined) return computedField(structure, read, at)
  const found = read && (sequenceField(structure, read) ?? storedField(structure, read, at))
  return found ?? fieldOfType(structure, place)
}

/** One whose type no other field has, or that has none. */
function fieldOfType(structure: FieldStructure, place: TypePlace): DecoratorSource | undefined {
  if (structure.reference || structure.flexible) return undefined
  const found = structure.kind === undefined ? untypedField(place) : typedField(structure.kind, place)
  return found && { ...found, options: [...found.options, ...storedOptions(structure)] }
}

function storedField(structure: FieldStructure, { presence, alternatives }: ReadType, place: TypePlace) {
  const onDelete = structure.reference && onDeleteOf(structure.reference)
  if (structure.reference?.on_delete === 'UNSET' && presence === 'required') return undefined
  const field = decoratorFor(alternatives, { ...place, ...(onDelete !== undefined && { onDelete }) })
  return field && withPresence(field, presence, storedOptions(structure))
}

/** A number that a sequence gives. */
function sequenceField(structure: FieldStructure, { presence, alternatives }: ReadType): DecoratorSource | undefined {
  const [, name] =
    /^`?sequence`?::nextval\(('(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*")\)$/.exec(structure.default ?? '') ?? []
  const isInteger = presence === 'required' && alternatives.join(' | ') === 'int'
  if (name === undefined || !isInteger || structure.value !== undefined || readString(name) === '') return undefined
  const { default: _, ...rest } = structure
  const options = [...textOption('name', readString(name)), ...storedOptions(rest)]
  return decorator('SequenceField', 'number | bigint', { options })
}

function placeOf(table: FieldsOfTable, node: FieldNode, owner: Owner): TypePlace {
  return {
    modelFor: table.modelFor,
    node,
    isSchemaless: table.isSchemaless,
    structureOf: ({ definition }) => table.structures.get(definition ?? ''),
    elementOptions,
    writeObject: (inside, isFlexible) =>
      writeObject(table, { inside, isFlexible, path: pathInto(node, inside, owner) }, owner),
  }
}

/** The object may be the field itself, or the element of a list in it. */
function pathInto(node: FieldNode, inside: ReadonlyMap<string, FieldNode>, { path }: Owner): readonly PathStep[] {
  const steps = [...path]
  for (let each: FieldNode | undefined = node; each && each.inside !== inside; each = each.element) steps.push('*')
  return steps
}

interface ObjectToWrite {
  readonly inside: ReadonlyMap<string, FieldNode>
  readonly isFlexible: boolean
  readonly path: readonly PathStep[]
}

/** An object with fields: an embedded document, or an object field where that cannot be one. */
function writeObject(table: FieldsOfTable, to: ObjectToWrite, owner: Owner): DecoratorSource | undefined {
  const isInList = to.path.length > owner.path.length
  const inner: Owner = { name: nameOf(owner), path: to.path, prefix: isInList ? undefined : owner.prefix }
  if (to.isFlexible || to.inside.has('id')) return writeNamedFields(table, to, inner)
  const name = table.file.names.classFor(inner.name)
  const properties = writeFields(table, to.inside, { ...inner, name })
  const isEmpty = properties.every(({ field }) => field === undefined)
  table.file.addClass({
    leftOut: [],
    decorator: { kind: 'call', name: 'Embeddable', items: [] },
    name,
    base: `EmbeddedDocument<${name}>()`,
    properties,
  })
  const items = [text(`() => ${name}`)]
  return decorator('EmbeddedField', name, { items, allowsNull: isEmpty, needsDefinition: !isEmpty })
}

function nameOf({ name, path }: Owner): string {
  const step = path.at(-1)
  return `${name} ${step === undefined || step === '*' ? '' : step.column}`
}

function writeNamedFields(table: FieldsOfTable, to: ObjectToWrite, owner: Owner): DecoratorSource | undefined {
  const properties = propertiesFor(to.inside.keys(), [])
  const fields = [...to.inside].map(([column, node]) => {
    const name = properties.get(column)!
    const path = [...to.path, { column }]
    const written = writeField(table, node, { ...owner, path, prefix: joined(owner.prefix, name) })
    if (written && name !== column) written.field.options.push(['dbField', quoted(column)])
    // the object is printed with it
    if (written)
      table.written.set(pathKey(path), { name: joined(owner.prefix, name), field: written.field, takesIndex: false })
    return written && column !== '__proto__' ? { name, ...written } : undefined
  })
  if (!fields.every((each) => each !== undefined)) return undefined
  const types = fields.map(
    ({ name, field, isRequired }) => `${propertyName(name)}${isRequired ? '' : '?'}: ${field.type}`,
  )
  const items = [object(fields.map(({ name, field }) => [name, toSource(field)]))]
  const options = flagOption('flexible', to.isFlexible)
  return decorator('ObjectField', `{ ${types.join('; ')} }`, {
    items,
    options: [...options],
    allowsNull: false,
    needsDefinition: true,
  })
}

/** The name of a nested property in an index; undefined where underscores of its own would be read as a separator. */
function joined(prefix: string | undefined, name: string): string | undefined {
  if (prefix === undefined || prefix === '') return prefix === undefined ? undefined : name
  const path = `${prefix}__${name}`
  return path.split('__').at(-1) === name && path.split('__').length === prefix.split('__').length + 1
    ? path
    : undefined
}

/** The definitions of a field and of what is inside of it. */
function definitionsIn(table: FieldsOfTable, { definition, inside, element }: FieldNode): readonly string[] {
  const parts = [...inside.values(), ...(element ? [element] : [])]
  const own = definition === undefined ? [] : [table.definitionOf(definition)]
  return [...own, ...parts.flatMap((each) => definitionsIn(table, each))]
}
