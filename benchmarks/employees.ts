import {
  BooleanField,
  Collection,
  DateTime,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  RecordId,
  ReferenceField,
  StringField,
  type Ref,
} from '../src/index.js'

@Embeddable()
class Address extends EmbeddedDocument<Address>() {
  @StringField({ required: true }) city!: string
  @StringField({ maxLength: 10 }) zip?: string
}

@Collection('employer')
class Employer extends Document<Employer>() {
  @StringField() name?: string
}

/** A model of eight fields, each of another kind. */
@Collection('employee')
export class Employee extends Document<Employee>() {
  @StringField({ required: true, maxLength: 80 }) name!: string
  @IntField({ min: 0 }) age?: number
  @FloatField() score?: number
  @BooleanField() active?: boolean
  @DateTimeField() joined?: Date
  @ReferenceField(() => Employer) employer?: Ref<Employer>
  @ListField(StringField({ minLength: 1 })) tags?: string[]
  @EmbeddedField(() => Address) address?: Address
}

/** A record of an employee, as the driver gives it. */
export interface EmployeeRecord extends Record<string, unknown> {
  readonly id: RecordId
  readonly name: string
  readonly age: number
  readonly score: number
  readonly active: boolean
  readonly joined: DateTime
  readonly employer: RecordId
  readonly tags: readonly string[]
  readonly address: { readonly city: string; readonly zip: string }
}

/** The record of a number. */
export function employeeRecord(index: number): EmployeeRecord {
  return {
    id: new RecordId('employee', index),
    name: `user ${index}`,
    age: index % 90,
    score: index * 1.5 + 0.25,
    active: index % 2 === 0,
    joined: new DateTime([1_700_000_000 + index, (index % 1000) * 1_000_000]),
    employer: new RecordId('employer', index % 100),
    tags: ['red', 'green', `tag ${index % 10}`],
    address: { city: `city ${index % 100}`, zip: String(10_000 + index) },
  }
}
