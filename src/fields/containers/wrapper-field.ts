import type { ZodType } from 'zod'
import {
  Field,
  type Change,
  type FieldPart,
  type NamedFields,
  type OnDelete,
  type EmbeddedFields,
  type LinkedStructure,
} from '../field.js'
import type { FieldOptions } from '../field-options.js'
import type { Findings, ValuePath } from '../findings.js'
import type { Arithmetic } from '../numbers/arithmetic.js'
import type { FilterStep, Transform, TransformTable } from '../lookups/filter-step.js'
import type { Lookup, LookupTable } from '../lookups/lookups.js'
import type { FieldBinding } from '../structure.js'

/** A field round another one: whatever it does not answer itself, the inner field does, options included. */
export abstract class WrapperField<Value> extends Field<Value> {
  constructor(
    readonly inner: Field<Value>,
    options: FieldOptions<Value> = {},
  ) {
    // the inner field runs its own validators
    const { validators: _, ...inherited } = inner.options
    super({ ...inherited, ...options })
  }

  get kind(): string {
    return this.inner.kind
  }

  accepts(value: unknown): boolean {
    return this.inner.accepts(value)
  }

  protected buildSchema(): ZodType {
    return this.inner.zodType()
  }

  databaseType(): string {
    return this.inner.databaseType()
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    this.inner.validate(value, path, findings)
  }

  override jsonForm(): ZodType {
    return this.inner.jsonForm()
  }

  override fromJson(json: unknown): Value {
    return this.inner.fromJson(json)
  }

  override zodType(): ZodType {
    return this.inner.zodType()
  }

  protected override convert(value: unknown): unknown {
    return this.inner.coerce(value)
  }

  override get isLink(): boolean {
    return this.inner.isLink
  }

  override fromText(text: string): unknown {
    return this.inner.fromText(text)
  }

  protected override valueToDatabase(value: Value): unknown {
    return this.inner.toDatabase(value)
  }

  protected override valueFromDatabase(stored: unknown): Value {
    return this.inner.fromDatabase(stored) as Value
  }

  override isUnchanged(value: unknown, stored: unknown): boolean {
    return this.inner.isUnchanged(value, stored)
  }

  override collectChanges(
    value: unknown,
    stored: unknown,
    into: { readonly path: readonly string[]; readonly changes: Change[] },
  ): void {
    this.inner.collectChanges(value, stored, into)
  }

  override get lookups(): LookupTable {
    return this.inner.lookups
  }

  override get transforms(): TransformTable<Field> {
    return this.inner.transforms
  }

  override get arithmetic(): Arithmetic<Field> | undefined {
    return this.inner.arithmetic
  }

  override lookup(name: string): Lookup | undefined {
    return this.inner.lookup(name)
  }

  override transform(name: string): Transform<Field> | undefined {
    return this.inner.transform(name)
  }

  override get structure(): NamedFields | undefined {
    return this.inner.structure
  }

  override filterSteps(name: string): readonly FilterStep<Field>[] {
    return this.inner.filterSteps(name)
  }

  override fieldAt(name: string): Omit<FieldBinding, 'name'> | undefined {
    return this.inner.fieldAt(name)
  }

  override get element(): Field | undefined {
    return this.inner.element
  }

  override get embedded(): readonly EmbeddedFields[] {
    return this.inner.embedded
  }

  override get linked(): readonly LinkedStructure[] {
    return this.inner.linked
  }

  override get isTyped(): boolean {
    return this.inner.isTyped
  }

  override get isFlexible(): boolean {
    return this.inner.isFlexible
  }

  override get onDelete(): OnDelete | undefined {
    return this.inner.onDelete
  }

  override parts(): readonly FieldPart[] {
    return this.inner.parts()
  }
}
