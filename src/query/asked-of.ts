import type { NamedValue } from './find-place.js'
import type { AskedStructure } from './find-place.js'
import type { Query } from './query.js'

/** What a query can be asked for: the fields of its model, and the values that `annotate()` made of them. */
export function askedOf({ meta, annotations = [] }: Query): AskedStructure {
  if (annotations.length === 0) return meta
  const made = annotations.map(({ name, value, field }): NamedValue => ({ name, column: name, field, value }))
  return {
    name: meta.name,
    id: meta.id,
    bindings: [...meta.bindings, ...made],
    binding: (name) => made.find((each) => each.name === name) ?? meta.binding(name),
  }
}
