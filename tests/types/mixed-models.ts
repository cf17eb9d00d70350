import {
  Collection,
  DateTimeField,
  Document,
  IntField,
  RelationDocument,
  SoftDelete,
  StringField,
  Timestamps,
  Validate,
  Versioned,
  Virtual,
} from 'surrealengine'
import { Customer, Shop } from './shop-models.js'

/** Models with mixins, on bases, in one table, between others. */
@Collection('types_post')
export class Post extends Timestamps(Document<Post>()) {
  @StringField() title?: string
  @Virtual() get loud(): string {
    return `${this.title}!`
  }
  @Validate() first(): string | undefined {
    return this.createdAt > this.updatedAt ? 'x' : undefined
  }
  @Validate() async second() {
    return [{ path: 'title', message: 'x' }]
  }
  @Validate() third(): void {}
}

@Collection('types_note')
export class Note extends Versioned(SoftDelete(Timestamps(Document<Note>()))) {
  @StringField() text?: string
}

@Collection({ abstract: true })
export abstract class Coded extends SoftDelete(Document<Coded>()) {
  @StringField({ required: true }) code!: string
}

@Collection('types_country', { discriminator: 'kind' })
export class Country extends Timestamps(Coded.extend<Country>()) {
  @IntField() people?: number
}

@Collection({ discriminator: 'island' })
export class Island extends Country.extend<Island>() {
  @IntField() beaches?: number
}

@Collection('types_buys', { in: () => Customer, out: () => Shop })
export class Buys extends RelationDocument<Buys, Customer, Shop>() {
  @DateTimeField() when?: Date
}

@Collection('types_knows')
export class Knows extends Timestamps(RelationDocument<Knows>()) {
  @IntField() years?: number
}

@Collection('types_log', { unknownFields: 'keep' })
export class Log extends Document<Log>() {
  [key: string]: unknown
  @StringField() kind?: string
}
