import { decorator, toSource } from './decorator-source.js'
import { commonOptions, isSayable } from './field-clauses.js'
import { readFieldTree, unescapeName } from './field-tree.js'
import { alternativesOf, hasImpliedParts, isOnlyTyped, type ReadType, type TypePlace } from './read-type.js'
import type { FieldStructure } from './schema-structure.js'
import { MEMBER_NAMES, propertiesFor } from './source-names.js'
import { expression, quoted, text } from './source-text.js'
import { decoratorFor, withPresence } from './decorator-for.js'
import { findsReferencesOf, isQuoted } from '../surrealql/quoted-names.js'
import { typedField, untypedField } from './typed-field.js'

/** A field that the database computes; undefined when no decorator says it. */
export function computedField(structure: FieldStructure, read: ReadType | undefined, place: ComputedPlace) {
  const { default: given, value, assert, reference, readonly, flexible } = structure
  // what no model can define
  if (isQuoted(unescapeName(structure.name))) return undefined
  const isMore = [given, value, assert, reference].some((each) => each !== undefined) || readonly || flexible
  if (isMore || !hasImpliedParts(read?.alternatives ?? ['any'], place)) return undefined
  return incomingReference(structure, place) ?? computedValue(structure, read, place)
}

/** Where a computed field is. */
export interface ComputedPlace extends TypePlace {
  readonly referenceFor: (table: string, column: string) => string | undefined
}

function computedValue(structure: FieldStructure, read: ReadType | undefined, { modelFor }: TypePlace) {
  const { kind } = structure
  const found = read && decoratorFor(read.alternatives, { modelFor })
  const typed = found && withPresence(found, read.presence)
  const inner = typed ?? (kind === undefined ? untypedField({ modelFor }) : typedField(kind, { modelFor }))
  if (!inner) return undefined
  const isAny = kind === 'any'
  const items = [expression(structure.computed!), ...(isAny ? [] : [toSource(inner)])]
  const options = [...commonOptions(structure)]
  if (isAny && options.length > 0) items.push(text('undefined'))
  return decorator('ComputedField', inner.type, { items, options })
}

/** `<~(table FIELD column)`: the records whose link points here. */
function incomingReference(structure: FieldStructure, { modelFor, referenceFor }: ComputedPlace) {
  const [, table = '', column = ''] =
    /^<~\((\w+|`[^`\\]+`) FIELD (\w+|`[^`\\]+`)\)$/.exec(structure.computed ?? '') ?? []
  const model = modelFor(unescapeName(table))
  const property = referenceFor(unescapeName(table), unescapeName(column))
  if (model === undefined || property === undefined || !findsReferencesOf(unescapeName(column))) return undefined
  if (structure.kind !== `none | array<none | record<${table}>>`) return undefined
  const items = [text(`() => ${model}`), quoted(property)]
  return decorator('IncomingReferenceField', `Ref<${model}>[]`, { items, options: [...commonOptions(structure)] })
}

/** The property of a field that links to records the database watches; undefined for any other field. */
export function referenceProperty(
  fields: readonly FieldStructure[],
  column: string,
  modelFor: (table: string) => string | undefined,
): string | undefined {
  const field = fields.find(({ name }) => unescapeName(name) === column)
  if (!field || !isWatched(field, modelFor)) return undefined
  const element = fields.find(({ name }) => name === `${field.name}.*`)
  if (element && !isOnlyTyped(element)) return undefined
  const columns = readFieldTree(Object.fromEntries(fields.map(({ name }) => [name, name]))).keys()
  return propertiesFor(columns, MEMBER_NAMES).get(column)
}

/** Whether a field is written as a reference with the option `onDelete`, alone or in a list. */
function isWatched(field: FieldStructure, modelFor: (table: string) => string | undefined): boolean {
  const { reference, kind = '' } = field
  const [, missing, , tables] = /^(none \| )?((?:array|set)<)?record<([^<>]+)>{1,2}$/.exec(kind) ?? []
  if (!reference || tables === undefined || !isSayable(field)) return false
  if (reference.on_delete === 'UNSET' && missing === undefined) return false
  return alternativesOf(tables).every((table) => modelFor(unescapeName(table)) !== undefined)
}
