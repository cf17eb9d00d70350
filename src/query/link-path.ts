import { LookupError } from '../errors.js'
import type { Field } from '../fields/field.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { unknownField } from './parse-filter.js'

/** A field on the way to a link; it may be one of the items of lists and sets. */
export interface PathStep {
  readonly name: string
  readonly column: string
  readonly field: Field
}

/** The fields that a path such as `company__owner` goes through, and the link at its end. */
export function linkSteps(meta: ModelMeta, path: string, method: string): readonly PathStep[] {
  const [first = '', ...names] = path.split('__')
  const begin = meta.binding(first)
  if (!begin) throw unknownField(meta, first)
  const steps: PathStep[] = [begin]
  for (const name of names) {
    const found = fieldInside(steps.at(-1)!.field, name)
    if (!found) throw new LookupError('UNKNOWN_FIELD', `${meta.name}.${path}: there is no field "${name}" there.`)
    steps.push({ name, ...found })
  }
  if (isLink(steps.at(-1)!)) return steps
  throw new LookupError(
    'INVALID_VALUE',
    `${meta.name}.${path} is no link, and holds none; ${method}() takes ReferenceFields, and lists and sets of them.`,
  )
}

/** Whether a field is a link, or holds links. */
export function isLink({ field }: PathStep): boolean {
  return field.linked.length > 0
}

/** Whether what a field holds are items, as those of a list. */
export function holdsItems({ field }: PathStep): boolean {
  return field.element !== undefined
}

/** Whether there is a set in what a field holds. */
export function holdsSet({ field }: Pick<PathStep, 'field'>): boolean {
  return field.kind === 'set' || (field.element !== undefined && holdsSet({ field: field.element }))
}

/** A field of the documents in a list, too. */
function fieldInside(field: Field, name: string): Omit<PathStep, 'name'> | undefined {
  const found = field.fieldAt(name)
  if (found) return { column: found.column, field: found.field }
  return field.element && fieldInside(field.element, name)
}
