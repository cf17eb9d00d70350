import { z } from 'zod'
import { Field } from '../../../src/fields/field.js'
import { fieldDecorator, type FieldDecorator } from '../../../src/fields/field-decorator.js'
import {
  BooleanField,
  Collection,
  Document,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FloatField,
  IntField,
  ListField,
  StringField,
  surql,
  type FieldOptions,
} from '../../../src/index.js'

/** A kind of value with another form in JSON. */
class MomentKind extends Field<Date> {
  readonly kind = 'moment'
  accepts(value: unknown): boolean {
    return value instanceof Date
  }
  protected buildSchema(): z.ZodType {
    return z.date()
  }
  databaseType(): string {
    return 'datetime'
  }
  override jsonForm(): z.ZodType {
    return z.iso.datetime()
  }
  override fromJson(json: unknown): Date {
    return new Date(json as string)
  }
}

function MomentField(options?: FieldOptions<Date>): FieldDecorator<Date> {
  return fieldDecorator(new MomentKind(options))
}

@Embeddable()
export class Part extends EmbeddedDocument<Part>() {
  @StringField({ required: true, maxLength: 5, comment: 'On the label' }) name!: string
  @MomentField() made?: Date
  @IntField({ required: true, default: 1 }) count!: number
  @ListField(EmbeddedField(() => Part)) parts?: Part[]
}

@Collection('zod_article')
export class Article extends Document<Article>() {
  @StringField({ required: true, maxLength: 10, comment: 'As in the shop' }) name!: string
  @StringField({ required: true, value: surql`string::slug($value)` }) slug!: string
  @StringField({ required: true, hidden: true }) secret!: string
  @FloatField({ min: 0, default: 1.5 }) price!: number
  @BooleanField({ required: true, default: surql`true` }) shown!: boolean
  @MomentField({ required: true, readonly: true }) added!: Date
  @MomentField() sold?: Date
  @ListField(StringField({ minLength: 2 }), { maxLength: 3 }) tags?: string[]
  @EmbeddedField(() => Part) part?: Part
  @StringField({ computed: surql`name + slug` }) readonly label?: string
  @StringField({ validators: [(value) => value !== 'bad' || 'must not be bad'] }) mood?: string
  get loud(): string {
    return this.name.toUpperCase()
  }
}
