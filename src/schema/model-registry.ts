import { ModelDefinitionError } from '../errors.js'
import { registerStructure } from '../fields/structure.js'
import type { CollectionOptions, ModelMeta } from './model-meta.js'

const byTable = new Map<string, ModelMeta>()
const byClass = new WeakMap<object, ModelMeta>()
const models = new WeakSet<object>()
const abstractModels = new WeakMap<object, CollectionOptions>()
/** How many models there are. */
let registered = 0

/** What a class inherits from the nearest one it extends that has `@Collection`. */
export interface Inherited {
  readonly options: CollectionOptions
  /** Undefined when that one is abstract. */
  readonly meta: ModelMeta | undefined
}

/** What a class inherits besides members and fields, which the language hands down. */
export function inheritedBy(target: object): Inherited {
  for (let base = Object.getPrototypeOf(target) as object | null; base; base = Object.getPrototypeOf(base) as object) {
    const meta = byClass.get(base)
    const options = meta?.options ?? abstractModels.get(base)
    if (options) return { options, meta }
  }
  return { options: {}, meta: undefined }
}

/** Makes an abstract model known, for the classes that extend it. */
export function registerAbstract(target: object, options: CollectionOptions): void {
  abstractModels.set(target, options)
}

/** Makes a model known, under its table and under every object that stands for its class. */
export function registerModel(meta: ModelMeta, ...classes: readonly object[]): void {
  if (meta.discriminator?.root === undefined) takeTable(meta)
  models.add(meta)
  registered += 1
  for (const target of classes) {
    byClass.set(target, meta)
    registerStructure(target, meta)
  }
}

/** Whether it is a model that a link points at, and no embedded document. */
export function isModelMeta(structure: object): structure is ModelMeta {
  return models.has(structure)
}

function takeTable(meta: ModelMeta): void {
  const other = byTable.get(meta.table)
  if (other) {
    throw new ModelDefinitionError(
      'TABLE_TAKEN',
      `${meta.name} and ${other.name} are both stored in "${meta.table}"; give one another name: @Collection('…').`,
    )
  }
  byTable.set(meta.table, meta)
}

/** The model that has a table; undefined where none was declared. */
export function findTableModel(table: string): ModelMeta | undefined {
  return byTable.get(table)
}

/** Every model that was declared, those that share a table too. */
export function allModels(): readonly ModelMeta[] {
  return [...byTable.values()].flatMap((meta) => [meta, ...(meta.discriminator?.variants.values() ?? [])])
}

/** What all models together say of a table: found when it is first asked for, and again after a model was declared. */
export function foundOnce<Found>(find: (table: string) => Found): (table: string) => Found {
  const known = new Map<string, Found>()
  let knownFor = registered
  return (table) => {
    if (knownFor !== registered) known.clear()
    knownFor = registered
    if (!known.has(table)) known.set(table, find(table))
    return known.get(table) as Found
  }
}

/** The metadata of a model class; a class without `@Collection` is a ModelDefinitionError. */
export function modelMetaOf(target: object): ModelMeta {
  const meta = byClass.get(target)
  if (meta) return meta
  const name = (target as { name?: string }).name || 'The class'
  if (abstractModels.has(target)) {
    throw new ModelDefinitionError(
      'ABSTRACT_MODEL',
      `${name} is abstract: it has no table, no documents and no queries. Use a model that extends it: class … extends ${name}.extend<…>().`,
    )
  }
  throw new ModelDefinitionError(
    'MODEL_NOT_DECORATED',
    `${name} has no @Collection; put the decorator above the class.`,
  )
}
