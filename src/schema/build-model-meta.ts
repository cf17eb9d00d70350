import { ModelDefinitionError } from '../errors.js'
import { OwnIdField } from '../fields/own-id-field.js'
import type { FieldBinding, Structure } from '../fields/structure.js'
import { bindFields, type DecoratedClass } from './bind-fields.js'
import { checkIndexes } from './define-indexes.js'
import { checkTableOptions } from './define-table.js'
import { declaredHooks } from './hooks.js'
import type { CollectionOptions, ModelMeta } from './model-meta.js'

/** What `@Collection` was told, and how to make instances. */
export interface ModelDefinition extends DecoratedClass {
  readonly table: string | undefined
  readonly options: CollectionOptions
  hydrate(meta: ModelMeta, stored: Record<string, unknown>): object
}

/** The metadata of a model class; a definition that cannot work is a ModelDefinitionError. */
export function buildModelMeta(definition: ModelDefinition): ModelMeta {
  const { target, context, options } = definition
  const table = definition.table ?? snakeCase(target.name)
  if (table === '' || table.includes('\0')) {
    throw new ModelDefinitionError(
      'INVALID_MODEL',
      `${target.name || 'A class without a name'} has no usable table name; write @Collection('name').`,
    )
  }
  const bindings = bindFields(definition)
  const id: FieldBinding = { name: 'id', column: 'id', field: new OwnIdField(table) }
  const byName = new Map([...bindings, id].map((binding) => [binding.name, binding]))
  const meta: ModelMeta = {
    name: target.name,
    table,
    bindings,
    id,
    options,
    hooks: declaredHooks(target, context),
    binding: (name) => byName.get(name),
    hydrate: (stored) => definition.hydrate(meta, stored),
  }
  checkTableOptions(meta)
  checkIndexes(meta)
  return Object.freeze(meta)
}

/** The structure of an embedded document's class. */
export function buildEmbeddedStructure(
  definition: DecoratedClass & { hydrate(structure: Structure, stored: Record<string, unknown>): object },
): Structure {
  const bindings = bindFields(definition)
  const byName = new Map(bindings.map((binding) => [binding.name, binding]))
  const structure: Structure = {
    name: definition.target.name,
    table: undefined,
    bindings,
    binding: (name) => byName.get(name),
    hydrate: (stored) => definition.hydrate(structure, stored),
  }
  return Object.freeze(structure)
}

/** `WorksAt` → `works_at`, `HTTPLog` → `http_log`. */
function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
}
