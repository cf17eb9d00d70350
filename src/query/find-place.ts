import type { Field } from '../fields/field.js'
import type { FilterStep } from '../fields/filter-step.js'
import type { Structure } from '../fields/structure.js'
import {
  binary,
  bound,
  call,
  constant,
  filtered,
  idiom,
  member,
  not,
  type Expression,
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
  /** Whether it is in another record than the path begins at. */
  readonly isBehindLink: boolean
  /** A condition on the value there, as one on the record. */
  within(condition: Expression): Expression
}

/**
 * Follows `homes__city__len` from field to field, as far as it goes; undefined when not even the first name is a field.
 * Property names go in, database names come out.
 */
export function findPlace(structure: Structure, name: string): Place | undefined {
  const [first = '', ...names] = name.split('__')
  const start = structure.binding(first)
  if (!start) return undefined
  let place: Place = {
    value: idiom(start.column),
    field: start.field,
    rest: [],
    isInItems: false,
    isBehindLink: false,
    within: (condition) => condition,
  }
  for (const [index, next] of names.entries()) {
    const steps = place.field.filterSteps(next)
    if (steps.length === 0) return { ...place, rest: names.slice(index) }
    place = steps.reduce(takeStep, place)
  }
  return place
}

function takeStep(place: Place, step: FilterStep<Field>): Place {
  switch (step.kind) {
    case 'key':
      return {
        ...place,
        value: member(place.value, step.key),
        field: step.field,
        isBehindLink: place.isBehindLink || place.field.isLink,
      }
    case 'transform':
      return { ...place, value: step.build(place.value), field: step.field }
    case 'items': {
      const items = step.items(place.value)
      const within = (condition: Expression): Expression =>
        place.within(step.every ? everyItem(items, condition) : someItem(items, condition))
      return {
        value: constant('$this'),
        field: step.field,
        rest: [],
        isInItems: true,
        isBehindLink: place.isBehindLink,
        within,
      }
    }
    default:
      return step satisfies never
  }
}

/** Whether any item fits. */
export const someItem = (items: Expression, condition: Expression): Expression =>
  binary(call('array::len', filtered(items, condition)), '>', bound(0))

/** True of an empty list, and of one that is missing. */
export const everyItem = (items: Expression, condition: Expression): Expression =>
  binary(call('array::len', filtered(items, not(condition))), '=', bound(0))
