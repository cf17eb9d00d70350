import { decorator, toSource } from './decorator-source.js'
import { commonOptions, isSayable, ON_DELETE } from './field-clauses.js'
import { readFieldTree, unescapeName } from './field-tree.js'
import { hasImpliedParts, isOnlyTyped, type ReadType, type TypePlace } from './read-type.js'
import type { FieldStructure } from './schema-structure.js'
import { MEMBER_NAMES, propertiesFor } from './source-names.js'
import { expression, quoted, text } from './source-text.js'
import { decoratorFor, withPresence } from './decorator-for.js'

/** A field that the database computes; undefined when no decorator says it. */
export function computedField(structure: FieldStructure, read: ReadType, place: ComputedPlace) {
  const { default: given, value, assert, reference, readonly, flexible } = structure
  const isMore = [given, value, assert, reference].some((each) => each !== undefined) || readonly || flexible
  if (isMore || !hasImpliedParts(read.alternatives, place)) return undefined
  return incomingReference(structure, place) ?? computedValue(structure, read, place)
}

/** Where a computed field is. */
export interface ComputedPlace extends TypePlace {
  readonly referenceFor: (table: string, column: string) => string | undefined
}

function computedValue(structure: FieldStructure, { presence, alternatives }: ReadType, place: TypePlace) {
  const found = decoratorFor(alternatives, { modelFor: place.modelFor })
  const inner = found && withPresence(found, presence)
  if (!inner) return undefined
  const isAny = alternatives.join(' | ') === 'any'
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
  if (model === undefined || property === undefined) return undefined
  if (structure.kind !== `none | array<record<${table}>>`) return undefined
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
  const [, missing, , table = ''] =
    /^(none \| )?((?:array|set)<)?record<(\w+|`[^`\\]+`)>{1,2}$/.exec(field.kind ?? '') ?? []
  const onDelete = field.reference?.on_delete ?? ''
  const isPossible = ON_DELETE.includes(onDelete) && (onDelete !== 'UNSET' || missing !== undefined)
  return isPossible && isSayable(field) && modelFor(unescapeName(table)) !== undefined
}
