import type { Field } from '../fields/field.js'
import type { Structure } from '../fields/structure.js'

/** A field found behind a path of property names, and where the database keeps it. */
export interface ResolvedPath {
  readonly path: readonly string[]
  readonly field: Field
  /** What was left of the name when no further field was found. */
  readonly rest: readonly string[]
}

/**
 * Follows `address__city` from field to field, as far as it goes; undefined when not even the first name is a field.
 * Property names go in, database names come out.
 */
function followPath(structure: Structure, name: string): ResolvedPath | undefined {
  const [first = '', ...steps] = name.split('__')
  const start = structure.binding(first)
  if (!start) return undefined
  const path = [start.column]
  let field = start.field
  for (const [index, step] of steps.entries()) {
    const next = field.fieldAt(step)
    if (!next) return { path, field, rest: steps.slice(index) }
    path.push(next.column)
    field = next.field
  }
  return { path, field, rest: [] }
}

/** A path that has to lead to a field; undefined when it does not. */
export function resolvePath(structure: Structure, name: string): ResolvedPath | undefined {
  const found = followPath(structure, name)
  return found && found.rest.length === 0 ? found : undefined
}
