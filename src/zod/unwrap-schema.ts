import { z } from 'zod'
import type { Validator } from '../fields/field-options.js'
import { definitionOf, descriptionOf, type Schema, type SchemaDefinition } from './schema-definition.js'
import { checksOf, isHolder, validatorsOf } from './schema-validator.js'

/** What is left of a schema once everything that only wraps it is taken off, and what that said. */
export interface Unwrapped {
  readonly schema: Schema
  /** Whether there may be no value. */
  readonly isOptional: boolean
  readonly isNullable: boolean
  readonly default?: (() => unknown) | undefined
  readonly comment?: string
  /** What the wrapping checks; what the schema itself checks is not in it. */
  readonly validators: readonly Validator<unknown>[]
}

type Said = Partial<Omit<Unwrapped, 'schema'>>

/** What is round a schema, by zod's name of the type. What stands further out has the last word. */
const LAYERS: Readonly<Record<string, (definition: SchemaDefinition, schema: Schema) => Said>> = {
  // what is caught is a wrong value, and a missing one is none then
  optional: ({ innerType }) => ({ isOptional: true, ...(typeOf(innerType!) === 'catch' && { default: undefined }) }),
  nullable: () => ({ isNullable: true }),
  nonoptional: () => ({ isOptional: false }),
  // functions, since zod makes each default anew
  default: (definition) => ({ isOptional: false, default: () => definition.defaultValue }),
  prefault: (_, schema) => ({ default: () => z.core.parse(schema, undefined) }),
  catch: (_, schema) => ({ default: () => z.core.parse(schema, undefined) }),
  readonly: () => ({}),
}

/** What kinds without a wrapping take besides values. */
const TAKES_NOTHING: Readonly<Record<string, Said>> = {
  any: { isOptional: true, isNullable: true },
  unknown: { isOptional: true, isNullable: true },
  undefined: { isOptional: true },
  void: { isOptional: true },
  null: { isNullable: true },
}

/** Takes off what wraps a schema. */
export function unwrap(schema: Schema): Unwrapped {
  const definition = definitionOf(schema)
  const layer = LAYERS[definition.type]
  if (layer) return wrapped(schema, definition.innerType!, layer(definition, schema))
  if (definition.type === 'lazy') return wrapped(schema, innerOfLazy(schema), {})
  if (definition.type === 'pipe' && typeOf(definition.out!) !== 'transform') return unwrapPipe(schema, definition)
  const said = nothingOf(definition)
  const only = onlyMember(definition)
  if (only) return wrapped(schema, only, said)
  return { isOptional: false, isNullable: false, validators: [], schema, ...withComment(schema), ...said }
}

/** What a union is when it is one of a single kind, or of that and of what is no value; likewise an intersection. */
function onlyMember({ options, left, right }: SchemaDefinition): Schema | undefined {
  const members = options?.filter((option) => !isNothing(option))
  if (members?.length === 1) return members[0]
  return left && right && isScalar(left) && typeOf(left) === typeOf(right) ? left : undefined
}

/** Made once by zod, so that a schema inside itself is known again. */
function innerOfLazy(schema: Schema): Schema {
  return (schema as z.core.$ZodLazy)._zod.innerType
}

function wrapped(outer: Schema, inner: Schema, said: Said): Unwrapped {
  const unwrapped = unwrap(inner)
  const validators = [...unwrapped.validators, ...(said.validators ?? []), ...checksOf(outer)]
  return { ...unwrapped, ...said, ...withComment(outer), validators }
}

/** A document holds what comes out of a pipe. What goes into it is checked too, where that is the same value. */
function unwrapPipe(schema: Schema, definition: SchemaDefinition): Unwrapped {
  const isSame = !definition.transform && typeOf(definition.in!) === typeOf(definition.out!)
  return wrapped(schema, definition.out!, isSame ? { validators: validatorsOf(definition.in!) } : {})
}

function isScalar(schema: Schema): boolean {
  return !isHolder(schema) && !LAYERS[typeOf(schema)]
}

function typeOf(schema: Schema): string {
  return definitionOf(schema).type
}

function withComment(schema: Schema): { readonly comment?: string } {
  const comment = descriptionOf(schema)
  return comment === undefined ? {} : { comment }
}

/** Whether a kind takes what is no value. */
function nothingOf(definition: SchemaDefinition): Said {
  const { type, options, values, left, right } = definition
  if (options) return eitherOf(options.map(unwrap))
  if (values) return { isOptional: values.includes(undefined), isNullable: values.includes(null) }
  if (left && right) {
    const sides = [unwrap(left), unwrap(right)]
    return {
      ...(isScalar(right) && { validators: validatorsOf(right) }),
      isOptional: sides.every(({ isOptional }) => isOptional),
      isNullable: sides.every(({ isNullable }) => isNullable),
    }
  }
  return TAKES_NOTHING[type] ?? {}
}

function eitherOf(members: readonly Unwrapped[]): Said {
  return {
    isOptional: members.some(({ isOptional }) => isOptional),
    isNullable: members.some(({ isNullable }) => isNullable),
  }
}

/** Whether a schema takes nothing but what is no value. */
export function isNothing(schema: Schema): boolean {
  return ['null', 'undefined', 'void'].includes(typeOf(unwrap(schema).schema))
}
