import { LookupError } from '../errors.js'
import { unknownField } from '../query/parse-filter.js'
import type { ModelMeta } from '../schema/model-meta.js'
import type { ConflictUpdate } from '../surrealql/nodes/write-statement.js'
import type { FieldValues } from './document-state.js'

/** Which fields of a record that is there already become those of the row, besides what every write sets by itself. */
export function conflictUpdate(
  meta: ModelMeta,
  { names, automatic }: { readonly names: readonly string[]; readonly automatic: FieldValues },
): ConflictUpdate {
  const { createdAt, updatedAt, version } = meta.roles
  const byItself = new Set([createdAt, updatedAt, version].map((binding) => binding?.column))
  const take = names.flatMap((name) => {
    const binding = meta.binding(name)
    if (!binding) throw unknownField(meta, name)
    const { column, field } = binding
    const isKept = binding === meta.id || field.isComputed || field.options.readonly === true || byItself.has(column)
    return isKept ? [] : [column]
  })
  const set = updatedAt ? { [updatedAt.column]: automatic[updatedAt.column] } : {}
  const increment = version ? [version.column] : []
  if (take.length + increment.length + Object.keys(set).length > 0) return { take: take.sort(), set, increment }
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}: there is no field to update where a record is there already; use onConflict: 'ignore' to leave it as it is.`,
  )
}
