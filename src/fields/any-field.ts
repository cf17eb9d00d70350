import { z } from 'zod'
import {
  DateTime,
  Decimal,
  Duration,
  FileRef,
  Geometry,
  isObject,
  isPlainObject,
  Range,
  RecordId,
  RecordIdRange,
  Table,
  toDateTime,
  Uuid,
} from '../values.js'
import { ModelDefinitionError } from '../errors.js'
import type { CompiledQuery } from '../surrealql/compiled-query.js'
import { inlineBindings } from '../surrealql/compiler/inline-bindings.js'
import { dialectFor } from '../surrealql/dialect.js'
import { isSurql } from '../surrealql/surql.js'
import { checkInside, writing } from './descent.js'
import { Field, type Change } from './field.js'
import { Findings, type ValuePath } from './findings.js'
import type { FieldDecorator } from './field-decorator.js'
import type { FieldOptions } from './field-options.js'
import { whyNotStored } from './stored-value.js'
import { isText } from './text/is-text.js'
import { addKey } from './containers/keys.js'
import { scalarDecorator } from './scalar-decorator.js'
import { listLookups, stringLookups, type LookupTable } from './lookups/lookups.js'

type Values = Record<string, unknown>

/** What an any field can be told besides the options of every field. */
export interface AnyFieldOptions extends FieldOptions {
  /**
   * The type in the database's own words, for one that no other field has: ``surql`none | { kind: 'a', size: int }` ``. It is
   * all of the type: what may be missing or null is in it. The database alone checks it. `null` tells it no type at all: in a
   * table with a schema, objects in such a value have no keys. Default: any.
   */
  readonly type?: CompiledQuery | null
}

/** A value of any kind the database has, or of a kind that each record chooses. */
export class AnyKind extends Field<unknown> {
  readonly kind = 'any'
  declare readonly options: AnyFieldOptions

  constructor(options: AnyFieldOptions = {}) {
    super(options)
    const { type } = options
    if (type !== undefined && type !== null && !isSurql(type))
      throw new ModelDefinitionError(
        'INVALID_FIELD_OPTION',
        'The option type is a type in SurrealQL, surql`…`, or null.',
      )
    this.#type = type ? inlineBindings(type, { dialect: dialectFor(undefined), where: 'An AnyField' }) : 'any'
  }

  readonly #type: string

  accepts(value: unknown): boolean {
    return isStored(value) || isHolder(value)
  }

  protected buildSchema(): z.ZodType {
    return z.unknown().superRefine((value, context) => {
      const findings = new Findings()
      if (value !== undefined && value !== null) this.validateValue(value, [], findings)
      for (const { path, message } of findings.issues) context.addIssue({ code: 'custom', path: [...path], message })
    })
  }

  databaseType(): string {
    return this.#type
  }

  override typeExpression(): string {
    return this.#type
  }

  override get isTyped(): boolean {
    return this.options.type !== null
  }

  /** The type says whether it may be null, which only the database reads. */
  override validate(value: unknown, path: ValuePath, findings: Findings): void {
    if (value !== null || !this.options.type) super.validate(value, path, findings)
  }

  override get takesNothing(): boolean {
    return true
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    if (isStored(value)) {
      const reason = whyNotStored(value)
      return reason === undefined ? undefined : findings.add(path, 'not_sendable', reason)
    }
    if (!isHolder(value)) return findings.add(path, 'invalid_type', 'is nothing that the database can store')
    const parts = isPlainObject(value) ? Object.entries(value) : [...value].entries()
    const check = (): void => {
      for (const [key, part] of parts) {
        if (key === '__proto__' || (typeof key === 'string' && !isText(key)))
          findings.add([...path, key], 'invalid_key', 'cannot be a key')
        else if (part !== undefined && part !== null) this.validateValue(part, [...path, key], findings)
      }
    }
    checkInside(value, { path, findings, check })
  }

  protected override valueToDatabase(value: unknown): unknown {
    return copyOf(value)
  }

  protected override valueFromDatabase(stored: unknown): unknown {
    return copyOf(stored)
  }

  /** Of an object, only the keys that differ. */
  override collectChanges(
    value: unknown,
    stored: unknown,
    into: { readonly path: readonly string[]; readonly changes: Change[] },
  ): void {
    if (!isPlainObject(value) || !isPlainObject(stored)) return super.collectChanges(value, stored, into)
    for (const key of new Set([...Object.keys(stored), ...Object.keys(value)]))
      this.collectChanges(value[key], stored[key], { path: [...into.path, key], changes: into.changes })
  }

  override get lookups(): LookupTable {
    return { ...stringLookups, ...listLookups }
  }

  override fieldAt(name: string): { readonly column: string; readonly field: Field } | undefined {
    return this.lookup(name) || this.transform(name) ? undefined : { column: name, field: this }
  }
}

const CLASSES = [
  Date,
  DateTime,
  Decimal,
  Duration,
  FileRef,
  Geometry,
  Range,
  RecordId,
  RecordIdRange,
  Table,
  Uuid,
  ArrayBuffer,
] as readonly (abstract new (...values: never[]) => unknown)[]

/** A value without parts that the database stores as it is. */
function isStored(value: unknown): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol'
  return value === null || value instanceof Uint8Array || CLASSES.some((known) => value instanceof known)
}

function isHolder(value: unknown): value is Values | readonly unknown[] | ReadonlySet<unknown> {
  return Array.isArray(value) || value instanceof Set || isPlainObject(value)
}

/** A copy that no change in place reaches; a Date becomes what the database makes of it. */
function copyOf(value: unknown): unknown {
  if (!isObject(value)) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : toDateTime(value)
  if (value instanceof Geometry) return (value as { clone(): unknown }).clone()
  if (value instanceof ArrayBuffer) return value.slice(0)
  if (value instanceof Uint8Array) return new Uint8Array(value)
  return writing.into(value, value, () => copyOfParts(value))
}

function copyOfParts(value: object): unknown {
  if (Array.isArray(value)) return Array.from(value, copyOf)
  if (value instanceof Set) return new Set([...value].map(copyOf))
  if (!isPlainObject(value)) return value
  const copy: Values = {}
  for (const [key, part] of Object.entries(value)) addKey(copy, key, copyOf(part))
  return copy
}

/**
 * A value of any kind, or of a kind that each record chooses; stored as `any`. What is sent and what comes back is the
 * same as for a value that is bound to a query: a Date comes back as a DateTime, a Uint8Array as an ArrayBuffer.
 *
 * @example
 * ```ts
 * import { AnyField, Collection, Document, surql } from 'surrealengine'
 *
 * @Collection('any_field_example')
 * class Setting extends Document<Setting>() {
 *   @AnyField({ required: true }) value!: unknown
 *   @AnyField({ type: surql`[int, string]`, required: true }) pair!: [number, string]
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `value` ON `any_field_example` TYPE any
 * DEFINE FIELD OVERWRITE `pair` ON `any_field_example` TYPE [int, string]
 * ```
 */
export function AnyField(options?: AnyFieldOptions): FieldDecorator<unknown> {
  return scalarDecorator(new AnyKind(options))
}
