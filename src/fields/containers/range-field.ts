import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import { BoundExcluded, BoundIncluded, Range } from '../../values.js'
import { Field } from '../field.js'
import { fieldDecorator, type FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import type { Findings, ValuePath } from '../findings.js'

type Bound = BoundIncluded<unknown> | BoundExcluded<unknown>
type AnyRange = Range<unknown, unknown>

/** What a range is in JSON: `{ begin: { included: 1 }, end: { excluded: 5 } }`, without the end that is open. */
interface RangeJson {
  readonly begin?: BoundJson
  readonly end?: BoundJson
}
type BoundJson = { readonly included: unknown } | { readonly excluded: unknown }

class RangeKind extends Field<AnyRange> {
  readonly kind = 'range'

  constructor(
    readonly item: Field,
    options?: FieldOptions<AnyRange>,
  ) {
    super(options)
  }

  accepts(value: unknown): boolean {
    return value instanceof Range && boundsOf(value).every((bound) => this.item.accepts(bound.value))
  }

  protected buildSchema(): z.ZodType {
    const message = 'must be a Range: new Range(new BoundIncluded(1), new BoundExcluded(5))'
    return z.custom<AnyRange>((value) => value instanceof Range, message)
  }

  protected override validateValue(value: unknown, path: ValuePath, findings: Findings): void {
    super.validateValue(value, path, findings)
    if (!(value instanceof Range)) return
    for (const name of ['begin', 'end'] as const) {
      const bound = value[name] as Bound | undefined
      if (!bound) continue
      const place = [...path, name]
      if (bound.value === undefined || bound.value === null)
        findings.add(place, 'required', 'has no value; leave it out')
      else this.item.validate(bound.value, place, findings)
    }
  }

  databaseType(): string {
    return 'range'
  }

  override jsonForm(): z.ZodType {
    const item = this.item.jsonForm()
    const bound = z.union([z.strictObject({ included: item }), z.strictObject({ excluded: item })])
    return z.strictObject({ begin: bound.optional(), end: bound.optional() })
  }

  override fromJson(json: unknown): AnyRange {
    const { begin, end } = json as RangeJson
    return new Range(begin && this.#boundOf(begin), end && this.#boundOf(end))
  }

  #boundOf(json: BoundJson): Bound {
    return 'included' in json
      ? new BoundIncluded(this.item.fromJson(json.included))
      : new BoundExcluded(this.item.fromJson(json.excluded))
  }

  protected override valueToDatabase(value: AnyRange): unknown {
    return value instanceof Range ? withBounds(value, (bound) => this.item.toDatabase(bound)) : value
  }

  protected override valueFromDatabase(stored: unknown): AnyRange {
    if (!(stored instanceof Range)) return stored as AnyRange
    return withBounds(stored, (bound) => this.item.fromDatabase(bound))
  }

  override isUnchanged(value: unknown, stored: unknown): boolean {
    if (!(value instanceof Range && stored instanceof Range)) return super.isUnchanged(value, stored)
    return (['begin', 'end'] as const).every((name) => this.#isSameBound(value[name] as never, stored[name] as never))
  }

  #isSameBound(bound: Bound | undefined, stored: Bound | undefined): boolean {
    if (!bound || !stored) return bound === stored
    const isSameKind = bound instanceof BoundIncluded === stored instanceof BoundIncluded
    return isSameKind && this.item.isUnchanged(bound.value, stored.value)
  }
}

function boundsOf(range: AnyRange): Bound[] {
  return [range.begin, range.end].filter((bound) => bound !== undefined)
}

function withBounds(range: AnyRange, convert: (value: unknown) => unknown): AnyRange {
  const converted = (bound: Bound | undefined): Bound | undefined => {
    if (!bound) return undefined
    const value = convert(bound.value)
    return bound instanceof BoundIncluded ? new BoundIncluded(value) : new BoundExcluded(value)
  }
  return new Range(converted(range.begin), converted(range.end))
}

/**
 * What lies between two values of a field, as the driver's Range; stored as `range`. Either end may be open, and either
 * bound may belong to the range or not.
 *
 * @example
 * ```ts
 * import { Collection, Document, IntField, RangeField, type Range } from 'surrealengine'
 *
 * @Collection('range_field_example')
 * class Job extends Document<Job>() {
 *   @RangeField(IntField({ min: 0 })) salary?: Range<number, number>
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `salary` ON `range_field_example` TYPE none | null | range
 * ```
 */
export function RangeField<Value>(
  item: FieldDecorator<Value>,
  options?: FieldOptions<Range<Value, Value>>,
): FieldDecorator<Range<Value, Value>> {
  if (!(item?.field instanceof Field)) {
    const message = 'A RangeField is told what it is a range of: RangeField(IntField()).'
    throw new ModelDefinitionError('INVALID_FIELD_OPTION', message)
  }
  const field: Field<unknown> = new RangeKind(item.field.asPart('A RangeField'), options)
  return fieldDecorator(field as Field<Range<Value, Value>>)
}
