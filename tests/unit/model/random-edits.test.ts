import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  BooleanField,
  Collection,
  DateTime,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  RecordId,
  StringField,
} from '../../../src/index.js'

@Embeddable()
class Part extends EmbeddedDocument<Part>() {
  @StringField({ dbField: 'label' }) name?: string | null | undefined
  @IntField() count?: number | bigint | null | undefined
}

@Collection('random_thing')
class Thing extends Document<Thing>() {
  @StringField({ dbField: 'the_text' }) text?: string | null | undefined
  @IntField() whole?: number | bigint | null | undefined
  @FloatField() real?: number | null | undefined
  @BooleanField() flag?: boolean | null | undefined
  @DateTimeField() when?: Date | null | undefined
  @ListField(IntField()) numbers?: (number | bigint)[] | null | undefined
  @EmbeddedField(() => Part) part?: Part | undefined
  @ListField(EmbeddedField(() => Part)) parts?: Part[] | undefined
}

/** The state of a document as plain data: what a person would call its content. */
interface Content {
  text?: string | null | undefined
  whole?: number | bigint | null | undefined
  real?: number | null | undefined
  flag?: boolean | null | undefined
  when?: number | null | undefined
  numbers?: readonly (number | bigint)[] | null | undefined
  part?: PartContent | undefined
  parts?: readonly PartContent[] | undefined
}
interface PartContent {
  name?: string | null | undefined
  count?: number | bigint | null | undefined
}

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const nullable = <Value>(value: fc.Arbitrary<Value>) => maybe(fc.option(value, { nil: null }))
const integer = fc.oneof(fc.constantFrom(0, -0, 1, 2, 1n, 2n, 2n ** 60n), fc.integer({ min: -3, max: 3 }))
const text = fc.constantFrom('', 'a', 'b', 'person:1')
const part = fc.record({ name: nullable(text), count: nullable(integer) })
const content: fc.Arbitrary<Content> = fc.record({
  text: nullable(text),
  whole: nullable(integer),
  real: nullable(fc.constantFrom(0, -0, 0.5, NaN, Infinity, 1)),
  flag: nullable(fc.boolean()),
  when: nullable(fc.constantFrom(0, 1, 981_173_106_123)),
  numbers: nullable(fc.array(integer, { maxLength: 3 })),
  part: maybe(part),
  parts: maybe(fc.array(part, { maxLength: 2 })),
})

const storedPart = ({ name, count }: PartContent) => ({ label: name, count, of_no_field: 'x' })

/** The record of a content, as the database would answer it: no key without a value. */
function recordOf({ text: the_text, when, part: inner, parts, ...others }: Content): Record<string, unknown> {
  const record = {
    ...others,
    the_text,
    // finer than a Date
    when: typeof when === 'number' ? new DateTime([Math.trunc(when / 1000), (when % 1000) * 1_000_000 + 1]) : when,
    part: inner && storedPart(inner),
    parts: parts?.map(storedPart),
  }
  const present = (value: object) => Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined))
  return {
    id: new RecordId('random_thing', 1),
    ...present({ ...record, part: record.part && present(record.part), parts: record.parts?.map(present) }),
  }
}

/** Puts a content into a document, in one of several ways. */
function edit(thing: Thing, next: Content, inPlace: boolean): void {
  const { when, numbers, part: inner, parts, ...scalars } = next
  Object.assign(thing, scalars)
  if (inPlace && thing.when && typeof when === 'number') thing.when.setTime(when)
  else thing.when = typeof when === 'number' ? new Date(when) : when
  if (inPlace && thing.numbers && numbers) thing.numbers.splice(0, thing.numbers.length, ...numbers)
  else thing.numbers = numbers ? [...numbers] : numbers
  if (inPlace && thing.part && inner) Object.assign(thing.part, inner)
  else thing.part = inner && new Part(inner)
  thing.parts = parts?.map((item, index) =>
    inPlace && thing.parts?.[index] ? Object.assign(thing.parts[index], item) : new Part(item),
  )
}

/** Two contents are equal when the database could not tell them apart: 1 is 1n, -0 is 0, NaN is NaN. */
const canonical = (value: Content): string =>
  JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint') return Number.isSafeInteger(Number(item)) ? Number(item) : `bigint ${item}`
    return typeof item === 'number' && !Number.isFinite(item) ? `number ${item}` : item
  })

/** JSON.stringify keeps the order of keys, so all contents have the same one. */
const ordered = ({ text, whole, real, flag, when, numbers, part: inner, parts }: Content): Content => ({
  text,
  whole,
  real,
  flag,
  when,
  numbers,
  part: inner && { name: inner.name, count: inner.count },
  parts: parts?.map(({ name, count }) => ({ name, count })),
})

describe('random edits of a random document', () => {
  it('make it dirty if, and only if, something differs', () => {
    let clean = 0
    fc.assert(
      fc.property(content, content, fc.boolean(), fc.nat({ max: 2 }), (before, after, inPlace, kept) => {
        const thing = Thing.fromRecord(recordOf(before))
        expect(thing.isDirty).toBe(false)
        // often only a few fields differ, or none
        const next = kept === 0 ? after : kept === 1 ? { ...before, text: after.text, part: after.part } : before
        edit(thing, next, inPlace)
        const differs = canonical(ordered(before)) !== canonical(ordered(next))
        expect(thing.isDirty).toBe(differs)
        expect(Object.keys(thing.changes()).length > 0).toBe(differs)
        if (!differs) clean += 1
        thing.revert()
        expect(thing.isDirty).toBe(false)
        expect(thing.changes()).toEqual({})
      }),
      { numRuns: 1000 },
    )
    expect(clean).toBeGreaterThan(50)
  })

  it('never touch the record that was loaded', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const record = recordOf(before)
        const thing = Thing.fromRecord(record)
        edit(thing, after, true)
        expect(record).toEqual(recordOf(before))
      }),
    )
  })
})
