import { LookupError } from '../errors.js'
import { defineIndexes } from '../schema/define-indexes.js'
import type { ModelMeta } from '../schema/model-meta.js'

/** Checks that a model has indexes of these names: the engine ignores one that it does not know. */
export function findIndexes(meta: ModelMeta, names: readonly string[]): readonly string[] {
  const known = defineIndexes(meta, true).map(({ name }) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (names.length > 0 && unknown === undefined) return names
  throw new LookupError(
    'UNKNOWN_INDEX',
    unknown === undefined
      ? `${meta.name}: withIndex() takes the name of an index; noIndex() is for none.`
      : `${meta.name} has no index "${unknown}"; indexes: ${known.join(', ') || 'none'}.`,
  )
}
