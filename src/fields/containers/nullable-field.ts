import type { ZodType } from 'zod'
import { isOpen, oneOfTypes } from './element.js'
import type { Field, FieldPart } from '../field.js'
import type { FieldOptions } from '../field-options.js'
import type { Findings, ValuePath } from '../findings.js'
import { WrapperField } from './wrapper-field.js'

/** A value that may be null, however it is made up; with `required`, it may not be missing. */
export class NullableKind<Value> extends WrapperField<Value> {
  constructor(inner: Field<Value>, options: FieldOptions<Value>) {
    super(inner, options)
  }

  get #nothing(): readonly string[] {
    return this.options.required ? ['null'] : ['none', 'null']
  }

  override databaseType(): string {
    return oneOfTypes([this.inner], this.#nothing)
  }

  override typeExpression(): string {
    return this.databaseType()
  }

  /** The database defines nothing inside of what may be null. */
  override parts(): readonly FieldPart[] {
    return []
  }

  override get isFlexible(): boolean {
    return isOpen([this.inner])
  }

  override get allowsNull(): boolean {
    return true
  }

  override get takesNothing(): boolean {
    return true
  }

  override validate(value: unknown, path: ValuePath, findings: Findings): void {
    if (value !== null) super.validate(value, path, findings)
  }

  override jsonForm(): ZodType {
    return (this.#jsonForm ??= this.#withNothing(this.inner.jsonForm()))
  }
  #jsonForm: ZodType | undefined

  override fromJson(json: unknown): Value {
    return json === undefined || json === null ? (json as Value) : this.inner.fromJson(json)
  }

  override zodType(): ZodType {
    return this.#withNothing(this.inner.zodType())
  }

  #withNothing(form: ZodType): ZodType {
    return this.options.required ? form.nullable() : form.nullish()
  }
}
