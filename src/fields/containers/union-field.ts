import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { checkElement, checkUnwatched, isOpen, oneOfTypes } from './element.js'
import { Field, type Change, type EmbeddedFields } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { Findings, type ValuePath } from '../findings.js'
import type { LookupTable } from '../lookups/lookups.js'
import { isSameValue } from '../same-value.js'

export class UnionKind extends Field<unknown> {
  readonly kind = 'union'

  constructor(
    readonly members: readonly Field[],
    options: FieldOptions = {},
  ) {
    super(options)
    if (members.length < 2) throw invalid('A UnionField takes two fields or more.')
    for (const member of members) {
      checkUnwatched(checkElement(member, 'A UnionField'), 'A UnionField')
      if (member.takesNothing) throw invalid('A UnionField holds an OptionField; put it round the UnionField.')
    }
  }

  accepts(value: unknown): boolean {
    return this.members.some((member) => member.accepts(value))
  }

  protected buildSchema(): z.ZodType {
    const kinds = this.members.map(({ kind }) => kind).join(', ')
    return z.custom((value) => this.accepts(value), `must be one of these: ${kinds}`)
  }

  databaseType(): string {
    return oneOfTypes(this.members)
  }

  override typeExpression(): string {
    return this.databaseType() === 'any' ? 'any' : super.typeExpression()
  }

  override get isFlexible(): boolean {
    return isOpen(this.members)
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    const member = this.#memberOf(value)
    if (member) member.validate(value, path, findings)
    else super.validateValue(value, path, findings)
  }

  /** The first member that accepts the value, and has nothing against it where several do. */
  #memberOf(value: unknown): Field | undefined {
    const accepting = this.members.filter((member) => member.accepts(value))
    if (accepting.length < 2) return accepting[0]
    return accepting.find((member) => isFine(member, value)) ?? accepting[0]
  }

  /** The first member that accepts what is stored: one whose value is stored just so, and that has nothing against it. */
  #memberOfStored(stored: unknown): Field | undefined {
    const accepting = this.members.filter((member) => member.accepts(member.fromDatabase(stored)))
    if (accepting.length < 2) return accepting[0]
    const exact = accepting.filter((member) => isSameValue(member.toDatabase(member.fromDatabase(stored)), stored))
    if (exact.length < 2) return exact[0] ?? accepting[0]
    return exact.find((member) => isFine(member, member.fromDatabase(stored))) ?? exact[0]
  }

  protected override convert(value: unknown): unknown {
    if (value === undefined || value === null) return value
    const member = this.#memberOf(value)
    if (member) return member.coerce(value)
    for (const other of this.members) {
      const coerced = other.coerce(value)
      if (other.accepts(coerced)) return coerced
    }
    return super.convert(value)
  }

  /** The first member that the text stands for a value of. */
  override fromText(text: string): unknown {
    const values = this.members.map((member) => member.fromText(text))
    return values.find((value, index) => this.members[index]!.accepts(value)) ?? text
  }

  override jsonForm(): z.ZodType {
    return z.union(this.members.map((member) => member.jsonForm()))
  }

  override fromJson(json: unknown): unknown {
    const reads = (member: Field): boolean => member.jsonForm().safeParse(json).success
    // what is one of the values already is not taken for the text of another
    const member = this.members.find((each) => each.accepts(json) && reads(each)) ?? this.members.find(reads)
    return member ? member.fromJson(json) : json
  }

  override zodType(): z.ZodType {
    const members = z.union(this.members.map((member) => member.zodType()))
    return z.any().transform((value, context) => {
      const member = this.#memberOf(value)
      const result = (member?.zodType() ?? members).safeParse(value)
      if (result.success) return result.data
      for (const { path, message } of result.error.issues) context.addIssue({ code: 'custom', path, message })
      return z.NEVER
    })
  }

  protected override valueToDatabase(value: unknown): unknown {
    return (this.#memberOf(value) ?? this.members[0]!).toDatabase(value)
  }

  protected override valueFromDatabase(stored: unknown): unknown {
    const member = this.#memberOfStored(stored)
    return member ? member.fromDatabase(stored) : stored
  }

  override isUnchanged(value: unknown, stored: unknown): boolean {
    return this.#shared(value, stored)?.isUnchanged(value, stored) ?? super.isUnchanged(value, stored)
  }

  override collectChanges(
    value: unknown,
    stored: unknown,
    into: { readonly path: readonly string[]; readonly changes: Change[] },
  ): void {
    const member = this.#shared(value, stored)
    if (member) member.collectChanges(value, stored, into)
    else super.collectChanges(value, stored, into)
  }

  /** The member that both values belong to. */
  #shared(value: unknown, stored: unknown): Field | undefined {
    if (value === undefined || value === null || stored === undefined || stored === null) return undefined
    const member = this.#memberOf(value)
    return member === this.#memberOfStored(stored) ? member : undefined
  }

  /** Only what means the same for every member. */
  override get lookups(): LookupTable {
    const [first, ...others] = this.members.map((member) => member.lookups)
    const shared = Object.entries(first!).filter(([name, lookup]) => others.every((table) => table[name] === lookup))
    return Object.fromEntries(shared)
  }

  override get embedded(): readonly EmbeddedFields[] {
    return this.members.flatMap((member) => member.embedded)
  }
}

function isFine(field: Field, value: unknown): boolean {
  const findings = new Findings()
  field.validate(value, [], findings)
  return findings.issues.length === 0
}

function invalid(message: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_FIELD_OPTION', message)
}

/** Fields whose values may stand beside each other in a {@link UnionField}. */
export type UnionMembers<Values extends readonly unknown[]> = {
  readonly [Index in keyof Values]: FieldDecorator<Values[Index]>
}

/**
 * A value of any of several fields: the first that accepts it checks and stores it. Options stand behind a list of the
 * fields: `UnionField([IntField(), StringField()], { required: true })`.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, StringField, UnionField } from 'surrealengine'
 *
 * @Collection('union_field_example')
 * class Part extends Document<Part>() {
 *   @UnionField(IntField(), StringField()) number?: number | string
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `number` ON `union_field_example` TYPE none | null | int | string
 * ```
 */
export function UnionField<Values extends readonly unknown[]>(
  members: readonly [...UnionMembers<Values>],
  options?: FieldOptions<Values[number]>,
): FieldDecorator<Values[number]>
export function UnionField<Values extends readonly unknown[]>(
  ...members: UnionMembers<Values>
): FieldDecorator<Values[number]>
export function UnionField(...given: readonly unknown[]): FieldDecorator<unknown> {
  const [members, options] = (Array.isArray(given[0]) ? given : [given]) as [
    readonly FieldDecorator<unknown>[],
    FieldOptions | undefined,
  ]
  return fieldDecorator(
    new UnionKind(
      members.map(({ field }) => field.asPart('A UnionField')),
      options,
    ),
  )
}
