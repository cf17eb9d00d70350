import { LookupError } from '../errors.js'
import type { Field } from './field.js'
import type { FieldBinding, Structure } from './structure.js'

/** The field that models have in common under a name; undefined when none of them has one. */
export function commonBinding(structures: readonly Structure[], name: string): FieldBinding | undefined {
  const found = structures.map((structure) => ({ model: structure.name, binding: structure.binding(name) }))
  const first = found.find(({ binding }) => binding !== undefined)
  if (first?.binding === undefined) return undefined
  const other = found.find(({ binding }) => !binding || !isAlike(first.binding!, binding))
  if (!other) return first.binding
  const what = other.binding
    ? `${first.model}.${name} and ${other.model}.${name} are not of one kind`
    : `${first.model} has a field "${name}", and ${other.model} has none`
  throw new LookupError(
    'UNKNOWN_FIELD',
    `${what}; a link to several models leads on by what all of them have alike. Ask one of these models instead.`,
  )
}

function isAlike(one: FieldBinding, other: FieldBinding): boolean {
  return one.column === other.column && isSameKind(one.field, other.field)
}

/** Whether a condition on the one field means the same for the other. */
function isSameKind(one: Field, other: Field): boolean {
  if (one === other) return true
  if (one.constructor !== other.constructor || one.databaseType() !== other.databaseType()) return false
  if (one.isLink && other.isLink) return one.linked.every((model, index) => model === other.linked[index])
  if (one.structure || other.structure) return one.structure === other.structure
  const [parts, others] = [one.parts(), other.parts()]
  return (
    parts.length === others.length &&
    parts.every(({ step, field }, index) => step === others[index]!.step && isSameKind(field, others[index]!.field))
  )
}
