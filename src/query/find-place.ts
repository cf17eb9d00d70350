import type { Field } from '../fields/field.js'
import type { FilterStep } from '../fields/lookups/filter-step.js'
import type { FieldBinding } from '../fields/structure.js'
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
  /** Whether it is stored in the record itself: neither made of what is, nor in another record. */
  readonly isStored: boolean
  /** The list whose items they are, as a value of the record, where there is one list on the way only. */
  readonly items?: Expression
  /** A condition on the value there, as one on the record. */
  within(condition: Expression): Expression
}

/** What may be named: the fields of a structure, or values that were made of them. */
export interface NamedValues {
  binding(name: string): NamedValue | undefined
}

/** A field, or a value that was made of fields. */
export interface NamedValue extends FieldBinding {
  /** The value, where it is no stored one. */
  readonly value?: Expression
}

/** What a filter asks: a model, or rows that were made of its records. */
export interface AskedStructure extends NamedValues {
  readonly name: string
  readonly bindings: readonly FieldBinding[]
  readonly id?: FieldBinding
}

/**
 * Follows `homes__city__len` from field to field, as far as it goes; undefined when not even the first name is a field.
 * Property names go in, database names come out.
 */
export function findPlace(structure: NamedValues, name: string): Place | undefined {
  const parts = name.split('__')
  const start = findStart(structure, parts)
  if (!start) return undefined
  const names = parts.slice(start.length)
  let place: Place = {
    value: start.binding.value ?? idiom(start.binding.column),
    field: start.binding.field,
    rest: [],
    isInItems: false,
    isStored: start.binding.value === undefined,
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
  structure: NamedValues,
  parts: readonly string[],
): { readonly binding: NamedValue; readonly length: number } | undefined {
  for (let length = 1; length <= parts.length; length += 1) {
    const binding = structure.binding(parts.slice(0, length).join('__'))
    if (binding) return { binding, length }
  }
  return undefined
}

function takeStep(place: Place, step: FilterStep<Field>): Place {
  switch (step.kind) {
    case 'key':
      return {
        ...place,
        value: member(place.value, step.key),
        field: step.field,
        isStored: place.isStored && !place.field.isLink,
      }
    case 'transform':
      return { ...place, value: step.build(place.value), field: step.field, isStored: false }
    case 'items': {
      const items = step.items(place.value)
      const within = (condition: Expression): Expression =>
        place.within(step.every ? everyItem(items, condition) : someItem(items, condition))
      return {
        value: constant('$this'),
        field: step.field,
        rest: [],
        isInItems: true,
        isStored: false,
        ...(!place.isInItems && { items }),
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
