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
  StringField,
} from '../src/index.js'

@Embeddable()
export class Address extends EmbeddedDocument<Address>() {
  @StringField() city?: string
  @StringField() zip?: string
}

/** The table that is read from; it keeps its size. */
@Collection('person')
export class Person extends Document<Person>() {
  @StringField({ required: true }) name!: string
  @StringField() email?: string
  @IntField() age?: number
  @FloatField() score?: number
  @BooleanField() active?: boolean
  @DateTimeField() joined?: Date
  @ListField(StringField()) tags?: string[]
  @EmbeddedField(() => Address) address?: Address
}

/** The table that is written to. */
@Collection('written')
export class Written extends Person.extend<Written>() {}
