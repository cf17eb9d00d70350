import { describe, expect, it } from '@jest/globals'
import {
  BooleanField,
  BytesField,
  ChoiceField,
  DateTime,
  DateTimeField,
  Decimal,
  DecimalField,
  Duration,
  DurationField,
  FileField,
  FileRef,
  FloatField,
  IntField,
  ListField,
  LiteralField,
  NumberField,
  RecordId,
  RecordIDField,
  RegexField,
  StringField,
  Table,
  TableField,
  Uuid,
  UUIDField,
  type FieldDecorator,
} from '../../../src/index.js'

const UUID = 'f0e1d2c3-b4a5-4678-9abc-def012345678'
const coerce = { coerce: true } as const
const any = (field: unknown) => field as FieldDecorator<never>
const moments = any(DateTimeField({ precision: 'nanosecond', coerce: true }))

describe('a value of a related kind', () => {
  it.each<[string, FieldDecorator<never>, unknown, unknown]>([
    ['int', any(IntField(coerce)), '42', 42],
    ['int', any(IntField(coerce)), ' -7 ', -7],
    ['int', any(IntField(coerce)), '9223372036854775807', 2n ** 63n - 1n],
    ['int', any(IntField(coerce)), new Decimal('5'), 5],
    ['float', any(FloatField(coerce)), '1.5', 1.5],
    ['float', any(FloatField(coerce)), '-1e-3', -0.001],
    ['float', any(FloatField(coerce)), '.5', 0.5],
    ['float', any(FloatField(coerce)), 'NaN', NaN],
    ['float', any(FloatField(coerce)), 3n, 3],
    ['float', any(FloatField(coerce)), new Decimal('2.5'), 2.5],
    ['number', any(NumberField(coerce)), '42', 42],
    ['number', any(NumberField(coerce)), '4.5', 4.5],
    ['decimal', any(DecimalField(coerce)), '1.50', new Decimal('1.50')],
    ['decimal', any(DecimalField(coerce)), 0.1, new Decimal('0.1')],
    ['decimal', any(DecimalField(coerce)), 3n, new Decimal('3')],
    ['boolean', any(BooleanField(coerce)), 'true', true],
    ['boolean', any(BooleanField(coerce)), 'false', false],
    ['boolean', any(BooleanField(coerce)), '0', false],
    ['boolean', any(BooleanField(coerce)), 1, true],
    ['date', any(DateTimeField(coerce)), '2024-01-01T01:00:00+01:00', new Date('2024-01-01T00:00:00Z')],
    ['date', any(DateTimeField(coerce)), 1000, new Date(1000)],
    ['date', any(DateTimeField(coerce)), new DateTime('2024-01-01T00:00:00Z'), new Date('2024-01-01T00:00:00Z')],
    ['moment', moments, '2024-01-01T00:00:00.000000001Z', new DateTime('2024-01-01T00:00:00.000000001Z')],
    ['moment', moments, new Date(-1), new DateTime('1969-12-31T23:59:59.999Z')],
    ['duration', any(DurationField(coerce)), '1h30m', new Duration('90m')],
    ['uuid', any(UUIDField(coerce)), UUID, new Uuid(UUID)],
    ['bytes', any(BytesField(coerce)), 'AP8=', new Uint8Array([0, 255])],
    ['bytes', any(BytesField(coerce)), new Uint8Array([1]).buffer, new Uint8Array([1])],
    ['regex', any(RegexField(coerce)), '(?i)^a', /^a/i],
    ['string', any(StringField(coerce)), 42, '42'],
    ['string', any(StringField(coerce)), true, 'true'],
    ['table', any(TableField(coerce)), 'person', new Table('person')],
    ['file', any(FileField(coerce)), 'photos:/a', new FileRef('photos', '/a')],
    ['record id', any(RecordIDField(coerce)), 'person:7', new RecordId('person', 7)],
    ['literal', any(LiteralField(1, true, coerce)), '1', 1],
    ['literal', any(LiteralField(1, true, coerce)), 'true', true],
    ['choice', any(ChoiceField([1, 2], coerce)), '2', 2],
    ['list', any(ListField(IntField(coerce))), ['1', 2], [1, 2]],
  ])('%s', (_name, { field }, given, wanted) => {
    expect(field.coerce(given)).toEqual(wanted)
  })
})

describe('a value that is none', () => {
  it.each<[string, FieldDecorator<never>, readonly unknown[]]>([
    ['int', any(IntField(coerce)), ['', ' ', 'x', '1.5', '0x10', '1e3', true, [1], {}]],
    ['float', any(FloatField(coerce)), ['', 'x', '1,5', '0x10', '1.5.1', true]],
    ['number', any(NumberField(coerce)), ['', 'x', true]],
    ['decimal', any(DecimalField(coerce)), ['', 'x', '1e999999999', NaN, Infinity, true]],
    ['boolean', any(BooleanField(coerce)), ['', 'yes', 'TRUE', 2, -1, {}]],
    ['date', any(DateTimeField(coerce)), ['', '2024', 'tomorrow', true]],
    ['duration', any(DurationField(coerce)), ['', '90', 90]],
    ['uuid', any(UUIDField(coerce)), ['', 'x', 1]],
    ['bytes', any(BytesField(coerce)), ['*', 1]],
    ['string', any(StringField(coerce)), [{}, [], null, undefined]],
    ['record id', any(RecordIDField(coerce)), ['person', 7]],
    ['choice', any(ChoiceField([1, 2], coerce)), ['3', '', {}]],
  ])('%s: is left for the checks to refuse', (_name, { field }, values) => {
    for (const value of values) expect(field.coerce(value)).toBe(value)
  })
})

it('without the option, nothing is converted', () => {
  expect(IntField().field.coerce('42')).toBe('42')
  expect(DateTimeField().field.coerce('2024-01-01T00:00:00Z')).toBe('2024-01-01T00:00:00Z')
})
