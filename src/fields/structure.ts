import { ModelDefinitionError } from '../errors.js'
import type { Field } from './field.js'

/** A field under its property name and its name in the database. */
export interface FieldBinding {
  readonly name: string
  readonly column: string
  readonly field: Field
}

/** What fields need to know of a decorated class: its fields, and how to make an instance of a stored object. */
export interface Structure {
  readonly name: string
  /** The table; undefined for an embedded document. */
  readonly table: string | undefined
  readonly bindings: readonly FieldBinding[]
  /** Getters that `toJSON()` shows. */
  readonly virtuals: readonly string[]
  /** The methods that check a whole document, in order. */
  readonly validates: readonly string[]
  /** Whether documents hold and save what is no field. */
  readonly keepsUnknown: boolean
  /** The field of that property name, `id` included. */
  binding(name: string): FieldBinding | undefined
  /** A new instance that holds what the database stores. */
  hydrate(stored: Record<string, unknown>): object
}

const structures = new WeakMap<object, Structure>()

/** Makes a decorated class known to the fields that point at it. */
export function registerStructure(target: object, structure: Structure): void {
  structures.set(target, structure)
}

/** The structure of a decorated class; undefined when it has no decorator. */
export function findStructure(target: object): Structure | undefined {
  return structures.get(target)
}

/** The structure that a field's `() => Class` points at, once it is needed. */
export function linkedStructure(link: () => object, where: string): Structure {
  return structureOf(link(), where)
}

/** Those that `() => Class`, or `() => [Class, Other]`, points at. */
export function linkedStructures(link: () => object | readonly object[], where: string): readonly Structure[] {
  const targets = [link()].flat()
  return targets.length === 0 ? [structureOf(undefined, where)] : targets.map((target) => structureOf(target, where))
}

function structureOf(target: unknown, where: string): Structure {
  const structure = typeof target === 'function' ? structures.get(target) : undefined
  if (structure) return structure
  const found =
    typeof target === 'function' ? `the class ${target.name}, which has no @Collection or @Embeddable` : String(target)
  throw new ModelDefinitionError('MODEL_NOT_DECORATED', `${where} points at ${found}; decorate that class.`)
}
