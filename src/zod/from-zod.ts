import { z } from 'zod'
import { ModelDefinitionError } from '../errors.js'
import { AnyField } from '../fields/any-field.js'
import { BooleanField } from '../fields/scalars/boolean-field.js'
import { ChoiceField } from '../fields/choices/choice-field.js'
import { DateTimeField } from '../fields/time/date-time-field.js'
import { DictField } from '../fields/containers/dict-field.js'
import { EmailField } from '../fields/text/email-field.js'
import { fieldDecorator, type FieldDecorator } from '../fields/field-decorator.js'
import type { FieldOptions, Validator } from '../fields/field-options.js'
import type { Field } from '../fields/field.js'
import { IPAddressField } from '../fields/text/ip-address-field.js'
import { ListField } from '../fields/containers/list-field.js'
import { LiteralField } from '../fields/choices/literal-field.js'
import type { LiteralValue } from '../fields/choices/literal-type.js'
import { NullableKind } from '../fields/containers/nullable-field.js'
import { BigIntField, FloatField, IntField } from '../fields/numbers/number-fields.js'
import { ObjectKind } from '../fields/containers/object-field.js'
import { OptionKind } from '../fields/containers/option-field.js'
import { SetField } from '../fields/containers/set-field.js'
import { StringField } from '../fields/text/string-field.js'
import { TupleKind } from '../fields/containers/tuple-field.js'
import { UnionKind } from '../fields/containers/union-field.js'
import { URLField } from '../fields/text/url-field.js'
import type { ValidationFinding } from '../schema/validate.js'
import { fieldOfClass } from './class-fields.js'
import { definitionOf, formatOf, type Schema, type SchemaDefinition } from './schema-definition.js'
import { checksOf, mapIssues, validatorsOf, wholeOf } from './schema-validator.js'
import { isNothing, unwrap, type Unwrapped } from './unwrap-schema.js'

/** A kind of schema on the way to its field. */
interface Part {
  readonly schema: Schema
  readonly definition: SchemaDefinition
  /** Those of the field: a value's kind is not known here, so that anything may be given. */
  readonly options: FieldOptions<never>
  /** The key, and the way to it, for errors. */
  readonly place: string
  /** The schemas that this one is inside of. */
  readonly inside: ReadonlySet<Schema>
}

type MakeField = (part: Part) => FieldDecorator<never>

/** How many kinds may stand inside each other: as many as the checks of values go into. */
const DEEPEST = 100

/** Where a field stands: one of a record or an object, an item of a list, or one of the kinds a value may be of. */
type Role = 'key' | 'item' | 'member'

/** By zod's name of the format, for texts and numbers that are of one; where it does not fit, the type decides. */
const BY_FORMAT: Readonly<Record<string, (part: Part) => FieldDecorator<never> | undefined>> = {
  safeint: intField,
  int32: intField,
  uint32: intField,
  ipv4: textField((options) => IPAddressField({ ...options, version: 4 })),
  ipv6: textField((options) => IPAddressField({ ...options, version: 6 })),
  // with a pattern of its own it takes other addresses than the field does
  email: (part) => (patternsOf(part.schema).has(z.regexes.email) ? textField(EmailField)(part) : undefined),
  url: (part) => (isWebAddress(part.definition) ? textField(URLField)(part) : undefined),
}

/** By zod's name of the type. A kind of field more is a line more. */
const BY_TYPE: Readonly<Record<string, MakeField>> = {
  string: textField(StringField),
  template_literal: make((options: FieldOptions<string>) => StringField(options)),
  number: (part) => make((options: FieldOptions<number>) => FloatField({ ...options, ...rangeOf(part.schema) }))(part),
  nan: make((options: FieldOptions<number>) => FloatField(options)),
  bigint: make((options: FieldOptions<bigint>) => BigIntField(options)),
  boolean: make((options: FieldOptions<boolean>) => BooleanField(options)),
  date: make((options: FieldOptions<Date>) => DateTimeField(options)),
  any: make((options: FieldOptions) => AnyField(options)),
  unknown: make((options: FieldOptions) => AnyField(options)),
  enum: make((options: FieldOptions<LiteralValue>, { schema }) => ChoiceField(valuesOf(schema), options)),
  literal: literalField,
  array: make((options: FieldOptions<unknown[]>, part) =>
    ListField(itemOf(part, part.definition.element!), { ...options, ...lengthsOf(part.schema) }),
  ),
  set: make((options: FieldOptions<Set<unknown>>, part) => SetField(itemOf(part, part.definition.valueType!), options)),
  tuple: tupleField,
  object: (part) => objectField(part, part.definition),
  record: recordField,
  union: unionField,
  intersection: intersectionField,
  custom: classField,
}

/** What to do about a kind that has no field. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  pipe: 'what comes out of its transform has no kind that zod knows: end it with .pipe(z.number()), or what it is',
  transform: 'what comes out of it has no kind that zod knows: end it with .pipe(z.number()), or what it is',
  map: 'the database has no maps: take z.record(), or z.array() of pairs',
  custom:
    'zod does not say of what kind it is: take z.instanceof() of a class that the database has values of, such as Uint8Array, Uuid, Decimal',
  file: 'the database takes no files: take z.instanceof(Uint8Array) for what is in it',
}

/** The fields of a zod object by name. What zod checks beyond their kind, refinements too, they check as their validator. */
export function fieldsFromZod(schema: z.core.$ZodObject): Readonly<Record<string, Field>> {
  const inside = new Set<Schema>([schema])
  const fields: Record<string, Field> = {}
  for (const [name, part] of Object.entries(schema._zod.def.shape))
    fields[name] = named(name, () => fieldOf(part, { place: name, inside }).field)
  return fields
}

/** What is checked of a zod object as a whole, for documents with its fields; undefined where nothing is. */
export function checkFromZod(
  schema: z.core.$ZodObject,
): ((document: object) => readonly ValidationFinding[] | PromiseLike<readonly ValidationFinding[]>) | undefined {
  const whole = wholeOf(schema)
  if (!whole) return undefined
  const names = Object.keys(schema._zod.def.shape)
  return (document) => {
    const values = document as Readonly<Record<string, unknown>>
    const present = names.filter((name) => values[name] !== undefined)
    return mapIssues(whole, Object.fromEntries(present.map((name) => [name, values[name]])), (issues) =>
      issues.map(({ path, message }) => ({
        path: path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
        message,
      })),
    )
  }
}

/** Makes a field; an option that it does not take is an error that names the key. */
function named(name: string, makeField: () => Field): Field {
  try {
    return makeField()
  } catch (error) {
    if (!(error instanceof ModelDefinitionError) || error.message.startsWith('fromZod()')) throw error
    throw new ModelDefinitionError(error.code, `fromZod() of "${name}": ${error.message}`, { cause: error })
  }
}

function fieldOf(
  schema: Schema,
  { place, inside }: Pick<Part, 'place' | 'inside'>,
  role: Role = 'key',
): FieldDecorator<never> {
  const unwrapped = unwrapEnding(schema, place)
  if (inside.has(unwrapped.schema) || inside.size > DEEPEST) throw endless(place)
  const part: Part = {
    schema: unwrapped.schema,
    definition: definitionOf(unwrapped.schema),
    options: optionsOf(unwrapped, role),
    place,
    inside: new Set([...inside, unwrapped.schema]),
  }
  const made = ofFormat(part) ?? (BY_TYPE[part.definition.type] ?? unmappable)(part)
  // what a union may be besides is said by the union
  return role === 'member' ? made : withNothing(made, unwrapped)
}

function ofFormat(part: Part): FieldDecorator<never> | undefined {
  const format = formatOf(part.schema)
  return format === undefined ? undefined : BY_FORMAT[format]?.(part)
}

function optionsOf(unwrapped: Unwrapped, role: Role): FieldOptions<never> {
  const { isOptional, isNullable, comment } = unwrapped
  return {
    required: role === 'member' || !(isOptional || isNullable),
    // items have none
    ...(role === 'key' && unwrapped.default && { default: unwrapped.default as () => never }),
    ...(comment !== undefined && { comment }),
    validators: [...validatorsOf(unwrapped.schema), ...unwrapped.validators] as Validator<never>[],
  }
}

/** A schema that makes itself anew whenever it is asked has no end. */
function unwrapEnding(schema: Schema, place: string): Unwrapped {
  try {
    return unwrap(schema)
  } catch (error) {
    if (error instanceof RangeError) throw endless(place)
    throw error
  }
}

/** Fields that may be null are no different from others but for that. */
function withNothing(made: FieldDecorator<never>, { isOptional, isNullable }: Unwrapped): FieldDecorator<never> {
  const { field } = made
  if (isNullable && isOptional && field.takesNothing) return made
  if (isNullable) return fieldDecorator<never>(new NullableKind(field, { required: !isOptional }))
  return isOptional ? fieldDecorator<never>(new OptionKind(field) as unknown as Field<never>) : made
}

function make<Value>(build: (options: FieldOptions<Value>, part: Part) => FieldDecorator<Value>): MakeField {
  return (part) => build(part.options, part) as unknown as FieldDecorator<never>
}

function textField(build: (options: FieldOptions<string>) => FieldDecorator<string>): MakeField {
  return make((options, { schema }) => build({ ...options, ...lengthsOf(schema) } as FieldOptions<string>))
}

function intField(part: Part): FieldDecorator<never> {
  return make((options: FieldOptions<number | bigint>) => IntField({ ...options, ...rangeOf(part.schema) }))(part)
}

/** All values of one kind that is no other's, or those that the database can name. */
function literalField(part: Part): FieldDecorator<never> {
  const values = valuesOf(part.schema)
  if (values.length === 0) return unmappable(part)
  if (values.every((value) => typeof value === 'bigint'))
    return make((options: FieldOptions<bigint>) => BigIntField(options))(part)
  return make((options: FieldOptions<LiteralValue>) => LiteralField(...values, options))(part)
}

function tupleField(part: Part): FieldDecorator<never> {
  const { items = [], rest } = part.definition
  const fields = items.map((item, index) => fieldOf(item, inner(part, `[${index}]`), 'item').field)
  const others = rest ? itemOf(part, rest).field : undefined
  return fieldDecorator<never>(new TupleKind(fields, others, part.options) as Field<unknown> as Field<never>)
}

/** Keys that zod leaves out are refused, as those that it refuses: a document holds what zod gives. */
function objectField(part: Part, { shape = {}, catchall }: SchemaDefinition): FieldDecorator<never> {
  const entries = Object.entries(shape).map(
    ([name, key]) => [name, fieldOf(key, inner(part, `.${name}`)).field] as const,
  )
  const isFlexible = catchall !== undefined && definitionOf(catchall).type !== 'never'
  const others = isFlexible ? fieldOf(catchall, inner(part, '.*'), 'item').field : undefined
  const kind = new ObjectKind(Object.fromEntries(entries), { ...part.options, flexible: isFlexible }, others)
  return fieldDecorator<never>(kind as Field<unknown> as Field<never>)
}

/** Where zod knows all the keys, each is there. */
function recordField(part: Part): FieldDecorator<never> {
  const { keyType, valueType } = part.definition
  const names = keyType?._zod.values
  if (names)
    return objectField(part, {
      type: 'object',
      shape: Object.fromEntries([...names].map((name) => [String(name), valueType!] as const)),
    })
  const validators = [...(part.options.validators ?? []), keysValidator(keyType!)] as Validator<never>[]
  return DictField(itemOf(part, valueType!), { ...part.options, validators }) as unknown as FieldDecorator<never>
}

function keysValidator(keyType: Schema): Validator<Readonly<Record<string, unknown>>> {
  const isNumber = definitionOf(unwrap(keyType).schema).type === 'number'
  return (value) => {
    const isKey = (key: string): boolean =>
      z.core.safeParse(keyType, key).success || (isNumber && z.core.safeParse(keyType, Number(key)).success)
    return Object.keys(value).every(isKey) ? undefined : 'has a key that is not allowed'
  }
}

function unionField(part: Part): FieldDecorator<never> {
  const members = (part.definition.options ?? []).filter((option) => !isNothing(option))
  const fields = members.map((member, index) => fieldOf(member, inner(part, `|${index}`), 'member').field)
  if (fields.length === 0) return unmappable(part)
  return fieldDecorator<never>(new UnionKind(fields, part.options) as Field<unknown> as Field<never>)
}

/** Objects are one object with the keys of all of them. */
function intersectionField(part: Part): FieldDecorator<never> {
  const objects = objectsOf(part.schema)
  if (!objects) return unmappable(part)
  const shape: Record<string, Schema> = {}
  for (const { schema } of objects) {
    for (const [name, key] of Object.entries(definitionOf(schema).shape!))
      shape[name] = shape[name] && shape[name] !== key ? z.intersection(shape[name], key) : key
  }
  const catchalls = objects.flatMap(({ schema }) => definitionOf(schema).catchall ?? [])
  const catchall = catchalls.find((each) => definitionOf(each).type === 'never') ?? catchalls[0]
  const own = objects.flatMap(({ schema, validators }) => [...checksOf(schema), ...validators])
  const options = { ...part.options, validators: [...(part.options.validators ?? []), ...own] as Validator<never>[] }
  return objectField({ ...part, options }, { type: 'object', shape, ...(catchall && { catchall }) })
}

/** The objects of an intersection; undefined where it has something else. */
function objectsOf(schema: Schema): readonly Unwrapped[] | undefined {
  const unwrapped = unwrap(schema)
  const { type, left, right } = definitionOf(unwrapped.schema)
  if (type === 'object') return [unwrapped]
  const sides = left && right && ([objectsOf(left), objectsOf(right)] as const)
  return sides?.[0] && sides[1] && [...sides[0], ...sides[1]]
}

function classField(part: Part): FieldDecorator<never> {
  return fieldOfClass(part.schema._zod.bag['Class'])?.(part.options) ?? unmappable(part)
}

function itemOf(part: Part, schema: Schema): FieldDecorator<unknown> {
  return fieldOf(schema, inner(part, '[]'), 'item')
}

function inner({ place, inside }: Part, step: string): Pick<Part, 'place' | 'inside'> {
  return { place: `${place}${step}`, inside }
}

/** The limits that fields have too, so that they are in the model's own schemas. */
function rangeOf(schema: Schema): { readonly min?: number; readonly max?: number } {
  const { minimum, maximum } = limitsOf(schema)
  return { ...(isLimit(minimum) && { min: minimum }), ...(isLimit(maximum) && { max: maximum }) }
}

function lengthsOf(schema: Schema): { readonly minLength?: number; readonly maxLength?: number } {
  const limits = limitsOf(schema)
  const { minLength = limits.minItems, maxLength = limits.maxItems } = limits
  return { ...(minLength !== undefined && { minLength }), ...(maxLength !== undefined && { maxLength }) }
}

/** Zod tells its limits in JSON Schema. */
function limitsOf(schema: Schema): z.core.JSONSchema.BaseSchema {
  const isList = definitionOf(schema).type === 'array'
  // what is in a list does not matter, and may have no end
  const alone = isList ? z.array(z.any()).check(...((definitionOf(schema).checks ?? []) as never[])) : schema
  return z.toJSONSchema(alone, { io: 'input', unrepresentable: 'any' })
}

/** Zod limits whole numbers to the safe ones, which goes without saying. */
function isLimit(limit: number | undefined): limit is number {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER
}

function patternsOf(schema: Schema): ReadonlySet<unknown> {
  return (schema._zod.bag['patterns'] as ReadonlySet<unknown> | undefined) ?? new Set()
}

/** Whether a URL can be nothing but an address of the web, as in `z.httpUrl()`. */
function isWebAddress({ protocol }: SchemaDefinition): boolean {
  return protocol !== undefined && ['^https?$', '^https$', '^http$'].includes(protocol.source)
}

/** The values that a literal or an enum names. */
function valuesOf(schema: Schema): LiteralValue[] {
  return [...(schema._zod.values ?? [])].filter((value) => value !== undefined && value !== null) as LiteralValue[]
}

function endless(place: string): ModelDefinitionError {
  return new ModelDefinitionError(
    'INVALID_MODEL',
    `fromZod() has no field for "${place}", which holds values of its own kind without an end; leave it out of the schema with omit(), and declare it with an EmbeddedField, or an AnyField.`,
  )
}

function unmappable({ definition, place }: Pick<Part, 'definition' | 'place'>): never {
  const { type } = definition
  const wayOut = WAYS_OUT[type] ?? 'leave it out of the schema with omit(), and declare it with a decorator'
  throw new ModelDefinitionError('INVALID_MODEL', `fromZod() has no field for "${place}", a zod ${type}; ${wayOut}.`)
}
