import { LookupError } from '../errors.js'
import type { FieldBinding } from '../fields/structure.js'
import type { ModelMeta } from '../schema/model-meta.js'

/** The field that marks a record as deleted; a model without one is a LookupError. */
export function softDeletion({ name, roles }: ModelMeta): FieldBinding {
  if (roles.deletedAt) return roles.deletedAt
  throw new LookupError(
    'UNKNOWN_FIELD',
    `${name} deletes its records at once; extend SoftDelete(…) to mark them instead.`,
  )
}
