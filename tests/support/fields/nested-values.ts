import { expect } from '@jest/globals'
import {
  DictField,
  ListField,
  OptionField,
  ValidationError,
  type FieldDecorator,
  type ModelClass,
} from '../../../src/index.js'
import { errorOf } from '../error-of.js'
import type { Place } from '../everywhere.js'
import type { AnyDocument } from './model-of.js'

type Held = Readonly<Record<string, unknown>>

/** The fields that hold a field: `gaps` and `holes` hold it as an option. */
export function holdersOf(make: () => FieldDecorator<never>): Readonly<Record<string, FieldDecorator<never>>> {
  return {
    list: ListField(make()),
    option: OptionField(make()),
    dict: DictField(make()),
    gaps: ListField(OptionField(make())),
    holes: DictField(OptionField(make())),
  } as never
}

/** What is asked of values inside of other fields. */
export interface NestedValues {
  readonly place: Place
  readonly model: ModelClass<AnyDocument>
  /** What the model needs besides. */
  readonly given: Held
  /** What comes back for a value. */
  readonly loaded: (value: unknown) => unknown
}

/** The values in every one of those places. */
function holding(values: readonly unknown[]): Held {
  const dict = Object.fromEntries(values.map((value, index) => [`a.${index}`, value]))
  return { list: [...values], option: values.at(-1), dict, gaps: [undefined, ...values, undefined], holes: { ...dict } }
}

/** Shows that values are kept wherever they are held, and that a change of what holds them is noticed and written. */
export async function keepsNested(nested: NestedValues, values: readonly unknown[]): Promise<void> {
  const { place } = nested
  const made = make(nested, holding(values))
  await place.mode(made).save()
  expect(made.isDirty).toBe(false)
  const found = await load(nested, made)
  expectHeld(nested, found, holding(values))
  const changed = changeInPlace(found, values)
  expect(Object.keys(found.changes()).sort()).toEqual(Object.keys(changed).sort())
  await place.mode(found).save()
  expect(found.isDirty).toBe(false)
  expectHeld(nested, await load(nested, made), changed)
}

/** A value is put into each place, and others are taken out; nothing but the option is assigned. Gives what there is then. */
function changeInPlace(found: AnyDocument, values: readonly unknown[]): Held {
  const [first] = values
  const { list, gaps } = found as unknown as Record<'list' | 'gaps', unknown[]>
  list.reverse().push(first)
  gaps.splice(0, 2, first, undefined)
  Object.assign(found['dict'] as object, { '`new`': first, 'a.0': undefined })
  delete (found['holes'] as Record<string, unknown>)['a.0']
  found['option'] = undefined
  const { 'a.0': _, ...rest } = holding(values)['dict'] as Record<string, unknown>
  return {
    list: [...[...values].reverse(), first],
    gaps: [first, undefined, ...values.slice(1), undefined],
    dict: { ...rest, '`new`': first },
    holes: rest,
    option: undefined,
  }
}

/** Shows that nothing is only where an option is, and that null is only where the field itself takes it. */
export async function keepsNothingNested(nested: NestedValues, takesNothing: boolean): Promise<void> {
  await refusesNested(nested, 'option', null)
  if (!takesNothing) {
    for (const nothing of [null, undefined]) await refusesNested(nested, 'list', [nothing])
    await refusesNested(nested, 'gaps', [null])
    for (const dict of ['dict', 'holes']) await refusesNested(nested, dict, { a: null })
    return
  }
  const held = { list: [null, undefined], dict: { a: null } }
  const made = make(nested, held)
  await nested.place.mode(made).save()
  expectHeld({ ...nested, loaded: (value) => value }, await load(nested, made), held)
}

/** Shows that what is none of the values is found where it is, and gets nowhere. */
export async function refusesInside(nested: NestedValues, value: unknown): Promise<void> {
  await refusesNested(nested, 'option', value)
  await refusesNested(nested, 'list', [value])
  await refusesNested(nested, 'gaps', [undefined, value])
  for (const dict of ['dict', 'holes']) await refusesNested(nested, dict, { a: value })
}

async function refusesNested(nested: NestedValues, name: string, held: unknown): Promise<void> {
  const made = make(nested, { [name]: held })
  const error = await errorOf(() => nested.place.mode(made).save())
  expect(error).toBeInstanceOf(ValidationError)
  const inside = Array.isArray(held) ? held.length - 1 : 'a'
  const path = name === 'option' ? [name] : [name, inside]
  expect((error as ValidationError).issues[0]!.path.slice(0, path.length)).toEqual(path)
  expect(made.isNew).toBe(true)
}

function make({ model, given }: NestedValues, held: Held): AnyDocument {
  return new model({ ...given, ...held } as never) as AnyDocument
}

async function load({ place, model }: NestedValues, { id }: AnyDocument): Promise<AnyDocument> {
  return (await place.mode(model).get(id)) as AnyDocument
}

function expectHeld({ loaded }: NestedValues, found: AnyDocument, held: Held): void {
  const one = (value: unknown): unknown => (value === undefined ? undefined : loaded(value))
  for (const [name, value] of Object.entries(held)) {
    if (name === 'option') expect(found[name]).toEqual(one(value))
    else if (Array.isArray(value)) expect(found[name]).toEqual(value.map(one))
    else {
      const entries = Object.entries(value as Held).map(([key, part]) => [key, one(part)])
      expect(found[name]).toEqual(Object.fromEntries(entries))
    }
  }
  expect(found.isDirty).toBe(false)
}
