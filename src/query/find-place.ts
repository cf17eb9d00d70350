import type { Field } from '../fields/field.js'
import type { FilterStep } from '../fields/filter-step.js'
import type { FieldBinding, Structure } from '../fields/structure.js'
import {
  binary,
  bound,
  call,
  constant,
  filtered,
  idiom,
  not,
  type Expression,
  type IdiomStep,
} from '../surrealql/nodes/expression.js'

/** Where the path of a filter leads to. */
export interface Place {
  /** The value there; inside a list, as seen from the item. */
  readonly value: Expression
  readonly field: Field
  /** What was left of the name when there was no further step. */
  readonly rest: readonly string[]
  /** Whether it is inside the items of a list: not one value of a record, but many. */
  readonly isInItems: boolean
  /** A condition on the value there, as one on the record. */
  within(condition: Expression): Expression
}

/**
 * Follows `homes__city__len` from field to field, as far as it goes; undefined when not even the first name is a field.
 * Property names go in, database names come out.
 */
export function findPlace(structure: Pick<Structure, 'binding'>, name: string): Place | undefined {
  const parts = name.split('__')
  const start = findStart(structure, parts)
  if (!start) return undefined
  const names = parts.slice(start.length)
  let place: Place = {
    value: idiom(start.binding.column),
    field: start.binding.field,
    rest: [],
    isInItems: false,
    within: (condition) => condition,
  }
  for (const [index, next] of names.entries()) {
    const steps = place.field.filterSteps(next)
    if (steps.length === 0) return { ...place, rest: names.slice(index) }
    place = steps.reduce(takeStep, place)
  }
  return place
}

/** The rows of a group may have `address__city` as a name of theirs. */
function findStart(
  structure: Pick<Structure, 'binding'>,
  parts: readonly string[],
): { readonly binding: FieldBinding; readonly length: number } | undefined {
  for (let length = 1; length <= parts.length; length += 1) {
    const binding = structure.binding(parts.slice(0, length).join('__'))
    if (binding) return { binding, length }
  }
  return undefined
}

function takeStep(place: Place, step: FilterStep<Field>): Place {
  switch (step.kind) {
    case 'key':
      return { ...place, value: inside(place.value, step.key), field: step.field }
    case 'transform':
      return { ...place, value: step.build(place.value), field: step.field }
    case 'items': {
      const items = step.items(place.value)
      const within = (condition: Expression): Expression =>
        place.within(step.every ? everyItem(items, condition) : someItem(items, condition))
      return { value: constant('$this'), field: step.field, rest: [], isInItems: true, within }
    }
    default:
      return step satisfies never
  }
}

/** Inside a list, a path begins at the item. */
function inside(value: Expression, key: IdiomStep): Expression {
  return value.kind === 'idiom' ? idiom(...value.path, key) : idiom(key)
}

const someItem = (items: Expression, condition: Expression): Expression =>
  binary(call('count', filtered(items, condition)), '>', bound(0))

/** True of an empty list, and of one that is missing. */
const everyItem = (items: Expression, condition: Expression): Expression =>
  binary(call('count', filtered(items, not(condition))), '=', bound(0))
