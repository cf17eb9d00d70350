import { ModelDefinitionError } from '../errors.js'
import { registerStructure } from '../fields/structure.js'
import type { ModelMeta } from './model-meta.js'

const byTable = new Map<string, ModelMeta>()
const byClass = new WeakMap<object, ModelMeta>()

/** Makes a model known, under its table and under every object that stands for its class. */
export function registerModel(meta: ModelMeta, ...classes: readonly object[]): void {
  const other = byTable.get(meta.table)
  if (other) {
    throw new ModelDefinitionError(
      'TABLE_TAKEN',
      `${meta.name} and ${other.name} are both stored in "${meta.table}"; give one another name: @Collection('…').`,
    )
  }
  byTable.set(meta.table, meta)
  for (const target of classes) {
    byClass.set(target, meta)
    registerStructure(target, meta)
  }
}

/** The metadata of a model class; a class without `@Collection` is a ModelDefinitionError. */
export function modelMetaOf(target: object): ModelMeta {
  const meta = byClass.get(target)
  if (meta) return meta
  const name = (target as { name?: string }).name || 'The class'
  throw new ModelDefinitionError(
    'MODEL_NOT_DECORATED',
    `${name} has no @Collection; put the decorator above the class.`,
  )
}
