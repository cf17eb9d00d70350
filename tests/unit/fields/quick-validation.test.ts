import assert from 'node:assert/strict'
import { test } from '@jest/globals'
import fc from 'fast-check'
import {
  BooleanField,
  Collection,
  DateTimeField,
  Document,
  EmailField,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  RecordId,
  ReferenceField,
  SlugField,
  StringField,
} from '../../../src/index.js'
import type { Field } from '../../../src/fields/field.js'
import { Findings } from '../../../src/fields/findings.js'

@Embeddable()
class Place extends EmbeddedDocument<Place>() {
  @StringField({ required: true, maxLength: 3 }) city!: string
}

@Collection('quick_validation_owner')
class Owner extends Document<Owner>() {
  @StringField() name?: string
}

interface Drawn {
  readonly low: number
  readonly high: number
}

/** Each kind that knows some values to be valid at once, with every option that a schema has a say in. */
const KINDS: readonly ((limits: Drawn) => { readonly field: unknown })[] = [
  () => BooleanField(),
  () => StringField({ required: true }),
  ({ low, high }) => StringField({ minLength: low, maxLength: high }),
  ({ low }) => StringField({ length: low }),
  () => StringField({ pattern: /^a/ }),
  () => StringField({ choices: ['a', 'b'] }),
  () => StringField({ validators: [(text) => text !== 'a'] }),
  ({ high }) => EmailField({ maxLength: high + 3 }),
  ({ high }) => SlugField({ maxLength: high }),
  ({ low, high }) => IntField({ min: low, max: high }),
  () => IntField({ coerce: true }),
  ({ low, high }) => FloatField({ min: low, max: high }),
  () => FloatField(),
  ({ low, high }) => DateTimeField({ min: new Date(low), max: new Date(high) }),
  () => DateTimeField(),
  () => ListField(StringField({ minLength: 1 })),
  ({ low, high }) => ListField(IntField(), { minLength: low, maxLength: high }),
  () => EmbeddedField(() => Place),
  () => ReferenceField(() => Owner),
]

const fieldOf = (index: number, drawn: Drawn): Field => KINDS[index]!(drawn).field as Field

const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('a', '👩', '👩👩', 'a@b.c'),
)
const scalar = fc.oneof(
  text,
  fc.integer({ min: -3, max: 12 }),
  fc.double(),
  fc.maxSafeInteger(),
  fc.bigInt(),
  fc.boolean(),
  fc.date({ noInvalidDate: false }),
  fc.integer({ min: -3, max: 12 }).map((time) => new Date(time)),
  fc.constantFrom(null, undefined, Symbol('s'), new RecordId('quick_validation_owner', 1), new RecordId('other', 1)),
)
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 6 }),
  fc.record({ city: scalar }),
  fc.dictionary(fc.constantFrom('city', 'zip'), scalar),
  fc.constantFrom(new Place({ city: 'abc' }), new Place({ city: 'abcd' }), new Owner(), new Array<unknown>(2)),
)
const limits = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
  .map(([one, other]): Drawn => ({ low: Math.min(one, other), high: Math.max(one, other) }))

const issuesOf = (field: Field, given: unknown): unknown => {
  const findings = new Findings()
  field.validate(field.coerce(given), ['it'], findings)
  return findings.issues
}

test.each(KINDS.map((_, index) => [fieldOf(index, { low: 1, high: 2 }).kind, index] as const))(
  'what is said at once is what the schema says: %s, %i',
  (_, index) => {
    fc.assert(
      fc.property(limits, value, (drawn, given) => {
        const asked = fieldOf(index, drawn)
        // as if nothing could be said at once
        Object.defineProperty(asked, 'isSurelyValid', { value: () => false })
        assert.deepEqual(issuesOf(fieldOf(index, drawn), given), issuesOf(asked, given))
      }),
      { numRuns: 150 },
    )
  },
)
