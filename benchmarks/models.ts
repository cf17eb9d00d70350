import {
  BooleanField,
  Collection,
  DateTimeField,
  DictField,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  ReferenceField,
  StringField,
  type Ref,
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

/** One that may be asked for keys without end. */
@Collection('measured')
export class Measured extends Person.extend<Measured>() {
  @DictField(IntField()) ages?: Record<string, number | bigint>
}

/** Those that have a relation. */
@Collection('team')
export class Team extends Document<Team>() {
  @StringField({ required: true }) name!: string
  @ReferenceField(() => Person) captain?: Ref<Person>
}

@Collection('member')
export class Member extends Document<Member>() {
  @StringField({ required: true }) name!: string
  @ReferenceField(() => Team) team?: Ref<Team>
}
