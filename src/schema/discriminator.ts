import { ModelDefinitionError } from '../errors.js'
import { StringField } from '../fields/text/string-field.js'
import type { FieldBinding } from '../fields/structure.js'
import type { ModelMeta } from './model-meta.js'
import { mergeBindings, tableModels } from './table-models.js'

/** The field of a discriminator: what was declared for the column, narrowed to the model's own value. */
export function discriminatorBinding(
  column: string,
  value: string | undefined,
  declared: FieldBinding | undefined,
): FieldBinding {
  const { field } = StringField(
    value === undefined ? {} : { required: true, default: value, choices: [value], readonly: true },
  )
  return { name: declared?.name ?? column, column, field: (value === undefined && declared?.field) || field }
}

/** Makes a variant known to every model it extends in its table, when it can be in there with the others. */
export function addVariant(variant: ModelMeta): void {
  const { value, root } = variant.discriminator!
  const other = root!.discriminator!.variants.get(value!)
  if (other) {
    throw new ModelDefinitionError(
      'INVALID_MODEL',
      `${variant.name} and ${other.name} both have the discriminator "${value}" in "${variant.table}"; give one another.`,
    )
  }
  mergeBindings([...tableModels(root!), variant])
  for (let base: ModelMeta = variant; ; base = base.parent!) {
    base.discriminator!.variants.set(value!, variant)
    if (base === root) return
  }
}
