import type { DecoratorSource } from './decorator-source.js'
import type { FieldNode } from './field-tree.js'
import type { FieldStructure } from './schema-structure.js'
import type { Source, SourceEntry } from './source-text.js'
import { splitOutside } from './split-outside.js'

/** The field that a type is of, where there is one: the types of what is inside of it are definitions of their own. */
export interface TypePlace {
  /** The class for a table; undefined where there is none. */
  readonly modelFor: (table: string) => string | undefined
  readonly node?: FieldNode
  /** Whether the table takes unknown keys anyway. */
  readonly isSchemaless?: boolean
  /** What INFO tells of a field. */
  readonly structureOf?: (node: FieldNode) => FieldStructure | undefined
  /** Writes an object with fields; undefined where nothing can. */
  readonly writeObject?: (inside: ReadonlyMap<string, FieldNode>, isFlexible: boolean) => DecoratorSource | undefined
  /** What an element of a list has besides its type; undefined where no element can have it. */
  readonly elementOptions?: (structure: FieldStructure) => readonly SourceEntry[] | undefined
  /** What becomes of the record when the one it links to is deleted. */
  readonly onDelete?: Source
  /** Whether the field may be NULL, and missing. */
  readonly isNullable?: boolean
  /** Whether the database defines elements of any kind by itself, as it does where a list is one of several types. */
  readonly isOneOfSeveral?: boolean
}

/** The alternatives of a type. */
export function alternativesOf(type: string): readonly string[] {
  return splitOutside(type, '|').map((each) => each.trim())
}

/** Whether a value has to be there; one that may be missing may be NULL too, or not. */
export type Presence = 'required' | 'optional' | 'nullable'

/** A type without NONE and NULL. */
export interface ReadType {
  readonly presence: Presence
  readonly alternatives: readonly string[]
}

/** A type without NONE and NULL, and what they mean; undefined where no field has them in this way. */
export function readPresence(type: string): ReadType | undefined {
  const all = alternativesOf(type)
  const missing = all[0] !== 'none' ? 0 : all[1] === 'null' ? 2 : 1
  const alternatives = all.slice(missing)
  if (alternatives.length === 0 || alternatives.some((each) => each === 'none' || each === 'null')) return undefined
  const presence = missing === 0 ? 'required' : missing === 1 ? 'optional' : 'nullable'
  return { presence, alternatives }
}

/** Whether the database has just those parts that it makes by itself for a type: the elements of lists. */
export function hasImpliedParts(alternatives: readonly string[], place: TypePlace): boolean {
  const { node, structureOf } = place
  if (!node) return true
  const isOneOfSeveral = (place.isOneOfSeveral ?? false) || alternatives.length > 1
  const elements = alternatives.flatMap((type) => elementType(type, isOneOfSeveral)).join(' | ')
  if (node.inside.size > 0 || elements === '' || !node.element) {
    return node.inside.size === 0 && (elements === '') === (node.element === undefined)
  }
  const structure = structureOf?.(node.element)
  const isImplied = structure !== undefined && structure.kind === elements && isOnlyTyped(structure)
  return isImplied && hasImpliedParts(alternativesOf(elements), { ...place, node: node.element, isOneOfSeveral })
}

/** The type of the elements that the database defines by itself; those of any type it leaves alone in a list that stands alone. */
function elementType(type: string, isOneOfSeveral: boolean): readonly string[] {
  const [list, inner] = /^(?:array|set)(?:<(.*)>)?$/s.exec(type) ?? []
  if (list === undefined) return []
  const [element = 'any'] = inner === undefined ? [] : splitOutside(inner, ',')
  return element === 'any' && !isOneOfSeveral ? [] : [element]
}

/** Whether a definition says nothing but a type. */
export function isOnlyTyped(structure: FieldStructure): boolean {
  const { readonly, flexible, permissions } = structure
  const clauses = ['default', 'value', 'assert', 'computed', 'reference', 'comment'] as const
  const isOpen = Object.values(permissions).every((permission) => permission === true)
  return !readonly && !flexible && isOpen && clauses.every((clause) => structure[clause] === undefined)
}
