import { ModelDefinitionError } from '../errors.js'
import type { FieldBinding } from '../fields/structure.js'
import type { ModelMeta } from './model-meta.js'

/** A field of a table, which may be a field of some of its records only. */
export interface TableBinding extends FieldBinding {
  /** Of models that share the table with others: no other record has it, so that the database cannot require it. */
  readonly isOfVariant: boolean
}

/** The model that has the table, then the models that share it. */
export function tableModels(meta: ModelMeta): readonly ModelMeta[] {
  const root = meta.discriminator?.root ?? meta
  return [root, ...(root.discriminator?.variants.values() ?? [])]
}

/** Every field of the records of a table; the ends of an edge are defined by the relation itself. */
export function tableBindings(meta: ModelMeta): readonly TableBinding[] {
  const bindings = mergeBindings(tableModels(meta))
  return meta.isRelation ? bindings.filter(({ column }) => column !== 'in' && column !== 'out') : bindings
}

/** The fields of several models by column; one column that is to hold values of two types is a ModelDefinitionError. */
export function mergeBindings(models: readonly ModelMeta[]): readonly TableBinding[] {
  const byColumn = new Map<string, TableBinding>()
  for (const [index, model] of models.entries()) {
    const isOfVariant = index > 0
    for (const binding of model.bindings) {
      const other = byColumn.get(binding.column)
      if (!other) byColumn.set(binding.column, { ...binding, isOfVariant })
      else if (other.field !== binding.field && binding.column !== model.discriminator?.column)
        refuseOtherType(model, binding, other)
    }
  }
  return [...byColumn.values()]
}

function refuseOtherType(model: ModelMeta, { name, column, field }: FieldBinding, other: FieldBinding): void {
  if (other.field.databaseType() === field.databaseType()) return
  throw new ModelDefinitionError(
    'INVALID_MODEL',
    `${model.name}.${name} is stored as "${column}" in "${model.table}", where another model keeps a ${other.field.kind} under that name; give one another dbField.`,
  )
}
