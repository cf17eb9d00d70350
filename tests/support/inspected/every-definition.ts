import {
  Access,
  Analyzer,
  AnyField,
  BigIntField,
  BooleanField,
  BytesField,
  ChoiceField,
  Collection,
  ComputedField,
  DatabaseFunction,
  DatabaseParameter,
  DateTimeField,
  DecimalField,
  DictField,
  Document,
  DurationField,
  EmailField,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  FileField,
  FloatField,
  GeometryCollectionField,
  GeometryField,
  IncomingReferenceField,
  IntField,
  IPAddressField,
  LineField,
  ListField,
  LiteralField,
  MultiLineField,
  MultiPointField,
  MultiPolygonField,
  NumberField,
  ObjectField,
  OptionField,
  PointField,
  PolygonField,
  RangeField,
  RecordIDField,
  ReferenceField,
  RegexField,
  Sequence,
  SequenceField,
  SetField,
  SlugField,
  SoftDelete,
  StringField,
  surql,
  TableField,
  TimeSeriesField,
  Timestamps,
  UnionField,
  URLField,
  UUIDField,
  VectorField,
  Versioned,
  type DefinedObject,
  type FieldDecorator,
  type ModelLike,
  type Ref,
} from '../../../src/index.js'
import { modelOf as untyped } from '../fields/model-of.js'

const modelOf = (table: string, fields: object, options?: Parameters<typeof untyped>[2]) =>
  untyped(table, fields as Readonly<Record<string, FieldDecorator<never>>>, options)

@Embeddable()
class Inner extends EmbeddedDocument<Inner>() {
  @StringField({ required: true, unique: true, comment: 'x' }) city!: string
  @ListField(StringField()) tags?: string[]
}

@Collection('origin_writer')
class Writer extends Document<Writer>() {
  @IncomingReferenceField(() => Book, 'author') readonly books?: Ref<Book>[]
}

@Collection('origin_book', { schema: 'full' })
class Book extends Document<Book>() {
  @ReferenceField(() => Writer, { onDelete: 'unset' }) author?: Ref<Writer>
  @ListField(ReferenceField(() => Writer, { onDelete: 'cascade' })) editors?: Ref<Writer>[]
}

/** A field of every kind, by the name of its decorator. */
export const FIELDS = {
  AnyField: AnyField(),
  BigIntField: BigIntField(),
  BooleanField: BooleanField({ required: true, default: surql`true` }),
  BytesField: BytesField(),
  ChoiceField: ChoiceField(['a', 'b', 1, true]),
  ComputedField: ComputedField(surql`StringField ?? ${'none'}`, StringField()),
  FutureField: ComputedField(surql`${1} + ${2}`, IntField({ required: true }), {
    comment: 'three',
    permissions: 'none',
  }),
  DateTimeField: DateTimeField({ default: surql`time::now()`, readonly: true }),
  DecimalField: DecimalField({ index: true }),
  DictField: DictField(IntField({ assert: surql`$value > ${1}` })),
  DurationField: DurationField(),
  EmailField: EmailField({ unique: true }),
  EmbeddedField: EmbeddedField(() => Inner, { required: true, comment: "it's" }),
  FileField: FileField({ bucket: 'b' }),
  FloatField: FloatField(),
  GeometryCollectionField: GeometryCollectionField(),
  GeometryField: GeometryField(),
  IPAddressField: IPAddressField(),
  IncomingReferenceField: ComputedField(surql`<~origin_book`, ListField(ReferenceField(() => Book))),
  IntField: IntField({ required: true, permissions: { select: false, update: surql`$auth.id = ${'x'}` } }),
  LineField: LineField(),
  ListField: ListField(EmbeddedField(() => Inner)),
  LiteralField: LiteralField('a', "it's", 1.5, -3, false),
  MultiLineField: MultiLineField(),
  MultiPointField: MultiPointField(),
  MultiPolygonField: MultiPolygonField(),
  NumberField: NumberField(),
  ObjectField: ObjectField({ 'a b': StringField({ required: true, default: surql`'x'` }), n: IntField() }),
  OptionField: OptionField(ListField(OptionField(StringField()))),
  PointField: PointField(),
  PolygonField: PolygonField(),
  RangeField: RangeField(IntField()),
  RecordIDField: RecordIDField({ table: 'origin_missing' }),
  ReferenceField: ReferenceField(() => Writer),
  RegexField: RegexField(),
  SequenceField: SequenceField({ name: 'origin_numbers', unique: true }),
  SetField: SetField(UnionField(StringField(), IntField())),
  SlugField: SlugField(),
  StringField: StringField({ required: true, value: surql`string::trim($value)` }),
  TableField: TableField({ tables: ['origin_writer', 'origin_book'] }),
  TimeSeriesField: TimeSeriesField(),
  URLField: URLField(),
  UUIDField: UUIDField(),
  UnionField: UnionField(IntField(), ListField(StringField()), LiteralField('x', 'y')),
  VectorField: VectorField(3, { index: { hnsw: { dimension: 3, distance: 'cosine', m: 16 } } }),
}

const english = new Analyzer('origin_english', {
  tokenizers: ['class'],
  filters: ['lowercase', { snowball: 'english' }],
})

const Full = modelOf(
  'origin_full',
  {
    ...FIELDS,
    flexible: ObjectField({ known: ListField(IntField(), { index: true }) }, { flexible: true }),
    open: ObjectField(),
    anything: ListField(AnyField(), { required: true }),
    loose: ListField(ObjectField(), { required: true }),
    grid: ListField(ListField(IntField({ comment: 'each' }))),
    dicts: ListField(DictField(EmbeddedField(() => Inner))),
    renamed: StringField({ dbField: 'with space' }),
  },
  {
    schema: 'full',
    permissions: { select: true, create: surql`$auth != NONE` },
    comment: 'everything',
    changefeed: { expiry: '90m', includeOriginal: true },
    indexes: [
      { fields: ['EmbeddedField__city', 'StringField'], unique: true, name: 'two of them' },
      { fields: ['StringField'], fulltext: { analyzer: english, bm25: { k1: 1.5, b: 0.5 }, highlights: true } },
      { fields: ['ListField'] },
      { count: surql`IntField > ${1}`, name: 'some' },
    ],
    events: [
      {
        name: 'log it',
        when: surql`$event = ${'CREATE'}`,
        then: surql`LET $what = ${"it's"}; CREATE origin_log SET what = $what`,
      },
      { name: 'quietly', then: surql`CREATE origin_log`, asynchronous: { retry: 2, maxDepth: 5 }, comment: 'x' },
    ],
  },
)
const Less = modelOf('origin_less', FIELDS_WITHOUT_INDEXES(), { type: 'any', permissions: 'full' })
const Gone = modelOf('origin_gone', { what: StringField() }, { drop: true })
const Wrote = modelOf(
  'origin_wrote',
  { year: IntField({ required: true }) },
  { in: () => Writer, out: () => [Book, Full], enforced: true, indexes: [{ fields: ['in', 'out'], unique: true }] },
)
const Bare = modelOf('origin_bare', {}, { type: 'relation' })
const View = modelOf(
  'origin_view',
  { total: IntField() },
  {
    view: surql`SELECT count() AS total, IntField FROM origin_full GROUP BY IntField`,
    indexes: [{ fields: ['total'] }],
  },
)

/** Fields of objects differ where a table takes every key. */
function FIELDS_WITHOUT_INDEXES() {
  const { ObjectField: object, EmbeddedField: embedded, DictField: dict, AnyField: any } = FIELDS
  return { object, embedded, dict, any, open: ObjectField(), union: UnionField(ObjectField(), IntField()) }
}

@Collection('origin_animal', { discriminator: 'kind', schema: 'full' })
class Animal extends Document<Animal>() {
  @StringField() name?: string
}
@Collection({ discriminator: 'dog', indexes: [{ fields: ['tricks'] }] })
class Dog extends Animal.extend<Dog>() {
  @IntField({ required: true, default: 0 }) tricks!: number
  @EmbeddedField(() => Inner, { required: true }) kennel!: Inner
}

@Collection('origin_mixed')
class Mixed extends Timestamps(SoftDelete(Versioned(Document<Mixed>()))) {
  @StringField() name?: string
}

/** Whatever `defineTables` takes. */
export const MODELS: readonly (ModelLike | DefinedObject)[] = [
  ...[Writer, Book, Full, Less, Gone, Wrote, Bare, View, Animal, Dog, Mixed],
  english,
  new Sequence('origin_numbers', { start: 7, batch: 1 }),
  new DatabaseFunction('origin_::double it', {
    arguments: {
      'a b': IntField({ required: true }),
      list: ListField(AnyField(), { required: true }),
      times: IntField(),
    },
    returns: OptionField(ReferenceField(() => Writer)),
    body: surql`IF $\`a b\` > ${100} { THROW "too much" }; RETURN $\`a b\` * ($times ?? ${2})`,
    comment: 'two times',
    permissions: surql`$auth != NONE`,
  }),
  new DatabaseParameter('origin_size', { value: { rows: 50, of: ['a'] } }),
  new DatabaseParameter('origin_computed', { value: surql`1 + ${2}`, permissions: false, comment: 'three' }),
  new Access('origin_account', {
    type: 'record',
    signUp: surql`CREATE origin_writer SET name = $name, kind = ${'user'}`,
    signIn: surql`SELECT * FROM origin_writer WHERE name = $name`,
    authenticate: surql`IF $auth.name = ${'mallory'} { THROW "not you" }; RETURN $auth`,
    duration: { token: '15m', session: null },
    refresh: true,
  }),
  new Access('origin_partner', { type: 'jwt', algorithm: 'RS256', key: 'public', duration: { session: '1h' } }),
  new Access('origin_robot', { type: 'bearer', for: 'user', duration: { grant: '90d' } }),
]
