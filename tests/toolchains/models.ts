import {
  BeforeSave,
  Collection,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  IntField,
  ListField,
  ReferenceField,
  StringField,
  type Ref,
} from 'surrealengine'

/** One source, as a user writes it: every compiler has to make the same of it. */
@Embeddable()
export class Address extends EmbeddedDocument<Address>() {
  @StringField({ required: true }) city!: string
  @IntField() floor = 1
}

@Collection('toolchain_company', { schema: 'full' })
export class Company extends Document<Company>() {
  @StringField({ required: true }) name!: string
  @ReferenceField(() => Person) boss?: Ref<Person>
}

@Collection('toolchain_person', { schema: 'full' })
export class Person extends Document<Person>() {
  @StringField({ required: true }) name!: string
  @IntField({ default: 18, min: 0 }) age = 3
  @IntField({ default: 7 }) rank!: number
  @ListField(StringField(), { default: () => [] }) tags!: string[]
  @EmbeddedField(() => Address) address?: Address
  @ListField(EmbeddedField(() => Address)) homes?: Address[]
  @ReferenceField(() => Company) company?: Ref<Company>
  @DateTimeField() born?: Date
  note = 'of no field'

  @BeforeSave() trim(): void {
    this.name = this.name.trim()
  }

  get label(): string {
    return `${this.name} (${this.age})`
  }
}

@Collection('toolchain_employee', { schema: 'full' })
export class Employee extends Person.extend<Employee>() {
  @IntField() salary = 1000
  @StringField({ default: 'new' }) state?: string

  override get label(): string {
    return `${super.label}, ${this.salary}`
  }
}
