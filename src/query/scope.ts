import type { ModelMeta } from '../schema/model-meta.js'
import { binary, bound, idiom, type Expression } from '../surrealql/nodes/expression.js'
import type { DeletedRecords } from './query.js'

/** What holds for the records of a model, whatever is asked: they are of its kind, and are not marked as deleted. */
export function scopeOf(meta: ModelMeta, deleted: DeletedRecords = 'without'): readonly Expression[] {
  const { discriminator, roles } = meta
  if (!discriminator && !roles.deletedAt) return []
  return [...ofItsKind(meta), ...ofDeletion(meta, deleted)]
}

function ofItsKind({ discriminator }: ModelMeta): readonly Expression[] {
  if (discriminator?.value === undefined) return []
  const { column, value, variants } = discriminator
  if (variants.size === 1) return [binary(idiom(column), '=', bound(value))]
  return [binary(idiom(column), 'IN', bound([...variants.keys()]))]
}

function ofDeletion({ roles: { deletedAt } }: ModelMeta, deleted: DeletedRecords): readonly Expression[] {
  if (!deletedAt || deleted === 'with') return []
  return [deletedAt.field.lookups['isnull']!.build(idiom(deletedAt.column), deleted === 'without')]
}
