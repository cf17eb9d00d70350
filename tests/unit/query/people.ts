import type { RecordId } from '../../../src/index.js'
import {
  BooleanField,
  Collection,
  DateTimeField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  RecordIDField,
  ReferenceField,
  StringField,
  type Ref,
} from '../../../src/index.js'

/** The models of these tests: every kind of field, under its own name and under another one in the database. */
@Embeddable()
export class Address extends EmbeddedDocument<Address>() {
  @StringField() city?: string
  @StringField({ dbField: 'postal code' }) zip?: string
}

@Collection('query_company')
export class Company extends Document<Company>() {
  @StringField({ dbField: 'company_name' }) name?: string
  @EmbeddedField(() => Address, { dbField: 'seat' }) address?: Address
  @ReferenceField(() => Person) boss?: Ref<Person>
}

@Collection('query_person')
export class Person extends Document<Person>() {
  @StringField({ required: true, dbField: 'full_name' }) name!: string
  @IntField() age?: number | bigint
  @FloatField() height?: number
  @BooleanField() active?: boolean
  @DateTimeField({ dbField: 'born_at' }) born?: Date
  @ListField(StringField()) tags?: string[]
  @EmbeddedField(() => Address, { dbField: 'home' }) address?: Address
  @ListField(EmbeddedField(() => Address)) homes?: Address[]
  @ReferenceField(() => Company, { dbField: 'works_for' }) company?: Ref<Company>
  @RecordIDField() subject?: RecordId
}
