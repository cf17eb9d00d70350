import { z, type ZodObject, type ZodType } from 'zod'
import { ModelDefinitionError } from '../errors.js'
import { BooleanField } from '../fields/boolean-field.js'
import { DateTimeField } from '../fields/date-time-field.js'
import type { FieldDecorator } from '../fields/field-decorator.js'
import type { FieldOptions, Validator, Verdict } from '../fields/field-options.js'
import type { Field } from '../fields/field.js'
import { ListField } from '../fields/list-field.js'
import { FloatField, IntField } from '../fields/number-fields.js'
import { StringField } from '../fields/string-field.js'

/** What a schema says of a value, once everything that only wraps it is taken off. */
interface Unwrapped {
  readonly schema: ZodType
  readonly options: FieldOptions
}

/** Makes the field of one kind of schema. `place` names the key in errors. */
type MakeField = (schema: ZodType, options: never, place: string) => FieldDecorator<never>

/** By zod's name of the format, for texts and numbers that are of one. */
const BY_FORMAT: Readonly<Record<string, MakeField>> = {
  safeint: make((schema, options) => IntField({ ...options, ...rangeOf(schema) })),
  int32: make((schema, options) => IntField({ ...options, ...rangeOf(schema) })),
  uint32: make((schema, options) => IntField({ ...options, ...rangeOf(schema) })),
}

/** By zod's name of the type. A kind of field more is a line more. */
const BY_TYPE: Readonly<Record<string, MakeField>> = {
  string: make((schema, options) => StringField({ ...options, ...lengthsOf(schema) })),
  template_literal: make((_, options) => StringField(options)),
  number: make((schema, options) => FloatField({ ...options, ...rangeOf(schema) })),
  boolean: make((_, options) => BooleanField(options)),
  date: make((_, options) => DateTimeField(options)),
  enum: make(choiceField),
  literal: make(choiceField),
  array: make((schema, options, place) => ListField(itemOf(schema, place), { ...options, ...lengthsOf(schema) })),
}

/** What takes a layer off a schema: the schema inside, and what the layer says. */
const LAYERS: Readonly<Record<string, (definition: Definition) => FieldOptions>> = {
  optional: () => ({ required: false }),
  nullable: () => ({ required: false }),
  nonoptional: () => ({ required: true }),
  // a function, since zod makes each default anew
  default: (definition) => ({ default: () => definition.defaultValue }),
  prefault: (definition) => ({ default: () => definition.defaultValue }),
  readonly: () => ({}),
}

interface Definition {
  readonly type: string
  readonly format?: string
  readonly innerType?: ZodType
  readonly getter?: () => ZodType
  readonly element?: ZodType
  readonly entries?: Readonly<Record<string, unknown>>
  readonly values?: readonly unknown[]
  readonly defaultValue?: unknown
}

/** The fields of a zod object by name. What zod checks beyond their kind, refinements too, they check as their validator. */
export function fieldsFromZod(schema: ZodObject): Readonly<Record<string, Field>> {
  const entries = Object.entries(schema.shape).map(([name, part]) => [name, fieldOf(part as ZodType, name).field])
  return Object.fromEntries(entries) as Record<string, Field>
}

function fieldOf(schema: ZodType, place: string): FieldDecorator<never> {
  const { schema: inner, options } = unwrap(schema, { required: true })
  const { type, format } = definitionOf(inner)
  const makeField = (format === undefined ? undefined : BY_FORMAT[format]) ?? BY_TYPE[type] ?? unmappable(type, place)
  const comment = schema.description ?? inner.description
  const all = { ...options, ...(comment !== undefined && { comment }), validators: [validatorOf(inner)] }
  return makeField(inner, all as never, place)
}

function unwrap(schema: ZodType, options: FieldOptions): Unwrapped {
  const definition = definitionOf(schema)
  if (definition.type === 'lazy') return unwrap(definition.getter!(), options)
  const layer = LAYERS[definition.type]
  if (!layer) return { schema, options }
  // what is said further out has the last word
  const inner = unwrap(definition.innerType!, { required: true })
  return { schema: inner.schema, options: { ...inner.options, ...layer(definition) } }
}

function definitionOf(schema: ZodType): Definition {
  return schema.def
}

function make<Value>(
  build: (schema: ZodType, options: FieldOptions<never>, place: string) => FieldDecorator<Value>,
): MakeField {
  return (schema, options, place) => build(schema, options, place) as FieldDecorator<never>
}

/** The kind of the values is the kind of the field; the schema itself checks that they are among those it names. */
function choiceField(schema: ZodType, options: FieldOptions<never>, place: string): FieldDecorator<unknown> {
  const { type, entries, values } = definitionOf(schema)
  const choices = values ?? Object.values(entries ?? {})
  const areAll = (kind: string): boolean => choices.every((choice) => typeof choice === kind)
  if (areAll('string')) return StringField({ ...(options as FieldOptions<string>), choices: choices as string[] })
  if (choices.every((choice) => Number.isSafeInteger(choice))) return IntField(options)
  if (areAll('number')) return FloatField(options)
  if (areAll('boolean')) return BooleanField(options)
  return unmappable(`${type} of several kinds`, place)
}

/** The limits that fields have too, so that they are in the model's own schemas. */
function rangeOf(schema: ZodType): { readonly min?: number; readonly max?: number } {
  const { minimum, maximum } = limitsOf(schema)
  return { ...(isLimit(minimum) && { min: minimum }), ...(isLimit(maximum) && { max: maximum }) }
}

function lengthsOf(schema: ZodType): { readonly minLength?: number; readonly maxLength?: number } {
  const limits = limitsOf(schema)
  const { minLength = limits.minItems, maxLength = limits.maxItems } = limits
  return { ...(minLength !== undefined && { minLength }), ...(maxLength !== undefined && { maxLength }) }
}

/** Zod tells its limits in JSON Schema. */
function limitsOf(schema: ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
}

/** Zod limits whole numbers to the safe ones, which goes without saying. */
function isLimit(limit: number | undefined): limit is number {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER
}

function itemOf(schema: ZodType, place: string): FieldDecorator<unknown> {
  return fieldOf(definitionOf(schema).element!, `${place}[]`)
}

function unmappable(type: string, place: string): never {
  throw new ModelDefinitionError(
    'INVALID_MODEL',
    `fromZod() has no field for "${place}", a zod ${type}; leave it out of the schema with omit(), and declare it with a decorator.`,
  )
}

/** What the schema says of a value, as a validator; refinements that wait make it wait. */
function validatorOf(schema: ZodType): Validator<unknown> {
  return (value) => {
    let verdict: Verdict
    try {
      verdict = verdictOn(schema.safeParse(value))
    } catch (error) {
      if (!isAsyncSchema(error)) throw error
      return schema.safeParseAsync(value).then(verdictOn)
    }
    return verdict
  }
}

function verdictOn(result: z.ZodSafeParseResult<unknown>): Verdict {
  if (result.success) return undefined
  return result.error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message))
    .join('; ')
}

/** Zod says by an error that it has something to wait for. */
function isAsyncSchema(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === '$ZodAsyncError'
}
