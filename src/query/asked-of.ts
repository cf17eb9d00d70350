import type { NamedValue } from './find-place.js'
import type { AskedStructure } from './find-place.js'
import type { Query } from './query.js'

/** What a query can be asked for: the fields of its model, what `annotate()` made of them, and what a search says besides. */
export function askedOf({ meta, search, annotations = [] }: Query): AskedStructure {
  if (annotations.length === 0 && !search) return meta
  const made: readonly NamedValue[] = [
    ...annotations.map(({ name, value, field }): NamedValue => ({ name, column: name, field, value })),
    ...(search?.found ?? []),
  ]
  return {
    name: meta.name,
    id: meta.id,
    bindings: [...meta.bindings, ...made],
    binding: (name) => made.find((each) => each.name === name) ?? meta.binding(name),
  }
}
