import { describe, expect, it } from '@jest/globals'
import { surql, UnsupportedError } from '../../../src/index.js'
import { compile } from '../../../src/surrealql/compiler/compile.js'
import { EACH_ELEMENT, type AccessKind, type IndexKind } from '../../../src/surrealql/nodes/define-statement.js'
import type { Statement } from '../../../src/surrealql/nodes/statement.js'
import { EVERY_DIALECT, LIMIT_BUG, NEWEST, VERSION_2 } from './servers.js'

const FIELD = { kind: 'define-field', table: 'person', path: ['age'], type: 'int' } as const
const index = (kind: IndexKind): Statement => ({
  kind: 'define-index',
  table: 'person',
  name: 'i',
  fields: kind.kind === 'count' ? [] : [['a']],
  index: kind,
})

const access = (kind: AccessKind): Statement => ({
  kind: 'define-access',
  name: 'a b',
  on: 'database',
  access: kind,
  authenticate: undefined,
  durations: [],
  comment: undefined,
})

describe.each(EVERY_DIALECT)('a definition for %s', (_, dialect) => {
  it.each<[string, Statement, string]>([
    [
      'a table that refuses unknown fields',
      { kind: 'define-table', table: 'person', schema: 'full' },
      'DEFINE TABLE OVERWRITE `person` TYPE NORMAL SCHEMAFULL',
    ],
    [
      'a table that lets them be, and is kept',
      { kind: 'define-table', table: 'a`b', schema: 'less', keep: true },
      'DEFINE TABLE IF NOT EXISTS `a\\`b` TYPE NORMAL SCHEMALESS',
    ],
    [
      'a table with everything',
      {
        kind: 'define-table',
        table: 'select',
        schema: 'less',
        type: 'any',
        drop: true,
        changefeed: { expiry: '3d', includeOriginal: true },
        permissions: [
          ['select', true],
          ['create', surql`$auth.id = ${'x'}`],
          ['update', false],
        ],
        comment: 'it\'s "a"\n',
      },
      'DEFINE TABLE OVERWRITE `select` TYPE ANY SCHEMALESS DROP CHANGEFEED 3d INCLUDE ORIGINAL ' +
        'PERMISSIONS FOR select FULL, FOR create WHERE ($auth.id = "x"), FOR update NONE COMMENT "it\'s \\"a\\"\\u{a}"',
    ],
    [
      'a relation',
      {
        kind: 'define-table',
        table: 'likes',
        schema: 'full',
        type: { in: ['person', 'a`b'], out: ['post'], enforced: true },
        permissions: [
          ['select', false],
          ['create', false],
        ],
      },
      'DEFINE TABLE OVERWRITE `likes` TYPE RELATION IN `person` | `a\\`b` OUT `post` ENFORCED SCHEMAFULL PERMISSIONS NONE',
    ],
    [
      'a relation between anything',
      { kind: 'define-table', table: 'likes', schema: 'less', type: { in: [], out: [], enforced: false } },
      'DEFINE TABLE OVERWRITE `likes` TYPE RELATION SCHEMALESS',
    ],
    [
      'a view',
      {
        kind: 'define-table',
        table: 'adult',
        schema: 'less',
        view: surql`SELECT * FROM person WHERE age >= ${18}`,
        permissions: [['select', true]],
      },
      'DEFINE TABLE OVERWRITE `adult` TYPE NORMAL SCHEMALESS AS SELECT * FROM person WHERE age >= 18 PERMISSIONS FULL',
    ],
    ['the end of a table', { kind: 'remove-table', table: 'a`b' }, 'REMOVE TABLE IF EXISTS `a\\`b`'],
    ['a field', FIELD, 'DEFINE FIELD OVERWRITE `age` ON `person` TYPE int'],
    ['a field of no type', { ...FIELD, type: '' }, 'DEFINE FIELD OVERWRITE `age` ON `person`'],
    [
      'an event of several expressions',
      {
        kind: 'define-event',
        table: 'person',
        name: 'e',
        when: undefined,
        then: [surql`CREATE log SET a = ${1}`, surql`{ CREATE log; CREATE log }`, surql`{}`],
        asynchronous: undefined,
      },
      'DEFINE EVENT OVERWRITE `e` ON `person` THEN (CREATE log SET a = 1), ({ CREATE log; CREATE log }), ({})',
    ],
    [
      'a field inside each element of a list',
      { kind: 'define-field', table: 'person', path: ['homes', EACH_ELEMENT, 'city'], type: 'string' },
      'DEFINE FIELD OVERWRITE `homes`.*.`city` ON `person` TYPE string',
    ],
    [
      'a field whose name is a star',
      { kind: 'define-field', table: 'person', path: ['*'], type: 'string' },
      'DEFINE FIELD OVERWRITE `*` ON `person` TYPE string',
    ],
    [
      'a field with everything',
      {
        ...FIELD,
        default: surql`${1} + 1`,
        readonly: true,
        value: surql`$value - ${-1}`,
        assert: surql`$value > ${0}`,
        permissions: [
          ['select', true],
          ['create', false],
        ],
        comment: 'years',
      },
      'DEFINE FIELD OVERWRITE `age` ON `person` TYPE int DEFAULT (1 + 1) READONLY VALUE ($value - (-1)) ASSERT ($value > 0) ' +
        'PERMISSIONS FOR select FULL, FOR create NONE COMMENT "years"',
    ],
    [
      'an index',
      {
        kind: 'define-index',
        table: 'person',
        name: 'by name',
        fields: [['name']],
        index: { kind: 'plain' },
        keep: true,
      },
      'DEFINE INDEX IF NOT EXISTS `by name` ON `person` FIELDS `name`',
    ],
    [
      'a unique index over several fields',
      {
        kind: 'define-index',
        table: 'person',
        name: 'u',
        fields: [
          ['address', 'city'],
          ['homes', EACH_ELEMENT, 'city'],
        ],
        index: { kind: 'unique' },
        comment: 'c',
        concurrently: true,
      },
      'DEFINE INDEX OVERWRITE `u` ON `person` FIELDS `address`.`city`, `homes`.*.`city` UNIQUE COMMENT "c" CONCURRENTLY',
    ],
    [
      'an index that counts',
      index({ kind: 'count', where: undefined }),
      'DEFINE INDEX OVERWRITE `i` ON `person` COUNT',
    ],
    [
      'an HNSW index',
      index({
        kind: 'HNSW',
        parameters: [
          ['DIMENSION', 3],
          ['DIST', 'MINKOWSKI 3'],
          ['EXTEND_CANDIDATES', true],
        ],
      }),
      'DEFINE INDEX OVERWRITE `i` ON `person` FIELDS `a` HNSW DIMENSION 3 DIST MINKOWSKI 3 EXTEND_CANDIDATES',
    ],
    [
      'an event',
      {
        kind: 'define-event',
        table: 'person',
        name: 'a b',
        when: surql`$event = ${'CREATE'}`,
        then: surql`CREATE log SET a = ${'b'}; CREATE log`,
        asynchronous: undefined,
        comment: 'c',
      },
      'DEFINE EVENT OVERWRITE `a b` ON `person` WHEN ($event = "CREATE") THEN { CREATE log SET a = "b"; CREATE log } COMMENT "c"',
    ],
    [
      'an analyzer',
      {
        kind: 'define-analyzer',
        name: 'a b',
        function: 'a::b',
        tokenizers: ['blank', 'class'],
        filters: [['lowercase'], ['ngram', 2, 4]],
        comment: 'c',
      },
      'DEFINE ANALYZER OVERWRITE `a b` FUNCTION fn::`a`::`b` TOKENIZERS blank, class FILTERS lowercase, ngram(2, 4) COMMENT "c"',
    ],
    [
      'a function',
      {
        kind: 'define-function',
        name: 'a::select',
        arguments: [
          { name: 'x y', type: 'int' },
          { name: 'z', type: 'string' },
        ],
        returns: 'int',
        body: surql`RETURN $\`x y\` + ${1};`,
        permission: surql`$auth != ${null}`,
        comment: 'c',
      },
      'DEFINE FUNCTION OVERWRITE fn::`a`::`select`($`x y`: int, $`z`: string) -> int { RETURN $`x y` + 1; } COMMENT "c" PERMISSIONS WHERE ($auth != NULL)',
    ],
    [
      'a parameter',
      { kind: 'define-parameter', name: 'a b', value: surql`${{ a: 1 }}`, permission: false, comment: 'c' },
      'DEFINE PARAM OVERWRITE $`a b` VALUE ({ "a": 1 }) COMMENT "c" PERMISSIONS NONE',
    ],
    [
      'an access for records',
      {
        kind: 'define-access',
        name: 'a b',
        on: 'database',
        access: {
          kind: 'record',
          signUp: surql`CREATE user SET a = ${1}`,
          signIn: surql`SELECT * FROM user`,
          token: { algorithm: 'HS512', key: 'a"b', issuerKey: 'c', url: undefined },
          refresh: false,
        },
        authenticate: surql`RETURN $auth`,
        durations: [
          ['grant', '30d'],
          ['session', null],
        ],
        comment: 'c',
        keep: true,
      },
      'DEFINE ACCESS IF NOT EXISTS `a b` ON DATABASE TYPE RECORD SIGNUP (CREATE user SET a = 1) SIGNIN (SELECT * FROM user) ' +
        'WITH JWT ALGORITHM HS512 KEY "a\\"b" WITH ISSUER KEY "c" AUTHENTICATE { RETURN $auth } ' +
        'DURATION FOR GRANT 30d, FOR SESSION NONE COMMENT "c"',
    ],
    [
      'an access for tokens',
      {
        kind: 'define-access',
        name: 'a',
        on: 'namespace',
        access: {
          kind: 'jwt',
          token: { url: 'https://a.example/keys', algorithm: undefined, key: undefined, issuerKey: undefined },
        },
        authenticate: undefined,
        durations: [],
      },
      'DEFINE ACCESS OVERWRITE `a` ON NAMESPACE TYPE JWT URL "https://a.example/keys"',
    ],
  ])('is %s', (_kind, statement, query) => {
    expect(compile(statement, dialect)).toEqual({ query, bindings: {} })
  })
})

describe('what version 2 spells otherwise', () => {
  const fulltext = (bm25: readonly [number, number] | boolean, highlights: boolean): Statement =>
    index({ kind: 'fulltext', analyzer: 'a b', bm25, highlights })

  it.each<[Statement, string, string]>([
    [{ ...FIELD, type: 'none | null | int' }, 'TYPE none | null | int', 'TYPE option<null | int>'],
    [
      { ...FIELD, type: 'none | object', flexible: true, readonly: true },
      'TYPE none | object FLEXIBLE READONLY',
      'FLEXIBLE TYPE option<object> READONLY',
    ],
    [{ ...FIELD, computed: surql`a + ${1}` }, 'TYPE int COMPUTED (a + 1)', 'TYPE any VALUE <future> { (a + 1) }'],
    [{ ...FIELD, default: surql`${Infinity}` }, 'TYPE int DEFAULT (Infinity)', 'TYPE int DEFAULT (math::inf)'],
    [fulltext(true, false), 'FULLTEXT ANALYZER `a b` BM25', 'SEARCH ANALYZER `a b` BM25'],
    [
      fulltext([1.2, 0.75], true),
      'FULLTEXT ANALYZER `a b` BM25(1.2,0.75) HIGHLIGHTS',
      'SEARCH ANALYZER `a b` BM25(1.2,0.75) HIGHLIGHTS',
    ],
    [fulltext(false, false), 'FULLTEXT ANALYZER `a b`', 'SEARCH ANALYZER `a b`'],
  ])('%#', (statement, newest, version2) => {
    const end = (text: string): string =>
      text.replace(/^DEFINE (FIELD|INDEX) OVERWRITE `\w+` ON `person` (FIELDS `a` )?/, '')
    expect(end(compile(statement, NEWEST).query)).toBe(newest)
    expect(end(compile(statement, LIMIT_BUG).query)).toBe(newest)
    expect(end(compile(statement, VERSION_2).query)).toBe(version2)
  })

  it('spells the types of functions', () => {
    const statement: Statement = {
      kind: 'define-function',
      name: 'f',
      arguments: [{ name: 'a', type: 'none | int' }],
      returns: 'none | null | string',
      body: surql`RETURN NONE`,
      permission: undefined,
    }
    expect(compile(statement, VERSION_2).query).toBe(
      'DEFINE FUNCTION OVERWRITE fn::`f`($`a`: option<int>) -> option<null | string> { RETURN NONE }',
    )
  })
})

describe('what older servers do not have', () => {
  it.each<[Statement, string, string]>([
    [
      { ...FIELD, onDelete: 'cascade' },
      'DEFINE FIELD OVERWRITE `age` ON `person` TYPE int REFERENCE ON DELETE CASCADE',
      'person.age: the server has no onDelete of links; they need SurrealDB 3.0. Upgrade it, or leave onDelete out, and look after the links in a hook.',
    ],
    [
      { kind: 'define-sequence', name: 'a b', batch: 10, start: -5, timeout: '5s', keep: true },
      'DEFINE SEQUENCE IF NOT EXISTS `a b` BATCH 10 START -5 TIMEOUT 5s',
      'The sequence a b: the server has no sequences; they need SurrealDB 3.0. Upgrade it, or keep the last number in a record.',
    ],
    [
      { ...FIELD, onDelete: surql`UPDATE $this SET gone = ${true}; CREATE log` },
      'DEFINE FIELD OVERWRITE `age` ON `person` TYPE int REFERENCE ON DELETE THEN { UPDATE $this SET gone = true; CREATE log }',
      'person.age: the server has no onDelete of links; they need SurrealDB 3.0. Upgrade it, or leave onDelete out, and look after the links in a hook.',
    ],
    [
      { ...FIELD, sequence: 'a b' },
      'DEFINE FIELD OVERWRITE `age` ON `person` TYPE int DEFAULT (sequence::nextval("a b"))',
      'person.age: the server has no sequences; they need SurrealDB 3.0. Upgrade it, or keep the last number in a record.',
    ],
    [
      { ...FIELD, type: 'none | file<`a`>' },
      'DEFINE FIELD OVERWRITE `age` ON `person` TYPE none | file<`a`>',
      'person.age: the server has no files; they need SurrealDB 3.0. Upgrade it, or keep the bytes in a BytesField, or the name in a StringField.',
    ],
    [
      { ...FIELD, type: 'array<table<`a`>>' },
      'DEFINE FIELD OVERWRITE `age` ON `person` TYPE array<table<`a`>>',
      'person.age: the server has no types of tables; they need SurrealDB 3.0. Upgrade it, or keep the name of the table in a StringField.',
    ],
    [
      {
        kind: 'define-function',
        name: 'f',
        arguments: [{ name: 'a', type: 'file' }],
        returns: undefined,
        body: surql`RETURN NONE`,
        permission: undefined,
      },
      'DEFINE FUNCTION OVERWRITE fn::`f`($`a`: file) { RETURN NONE }',
      'fn::f: the server has no files; they need SurrealDB 3.0. Upgrade it, or keep the bytes in a BytesField, or the name in a StringField.',
    ],
    [
      access({ kind: 'bearer', for: 'user' }),
      'DEFINE ACCESS OVERWRITE `a b` ON DATABASE TYPE BEARER FOR USER',
      'The access a b: the server has no accesses of bearers; they need SurrealDB 3.0. Upgrade it, or define an access of another type.',
    ],
    [
      access({
        kind: 'record',
        signUp: undefined,
        signIn: undefined,
        token: { algorithm: 'HS512', key: 'a', issuerKey: undefined, url: undefined },
        refresh: true,
      }),
      'DEFINE ACCESS OVERWRITE `a b` ON DATABASE TYPE RECORD WITH REFRESH WITH JWT ALGORITHM HS512 KEY "a"',
      'The access a b: the server has no tokens that are refreshed; they need SurrealDB 3.0. Upgrade it, or leave refresh out.',
    ],
    [
      index({ kind: 'count', where: surql`a > ${1}` }),
      'DEFINE INDEX OVERWRITE `i` ON `person` COUNT WHERE (a > 1)',
      'person.i: the server has no conditions of count indexes; they need SurrealDB 3.0. Upgrade it, or count all records.',
    ],
    [
      index({ kind: 'HNSW', parameters: [['HASHED_VECTOR', true]] }),
      'DEFINE INDEX OVERWRITE `i` ON `person` FIELDS `a` HNSW HASHED_VECTOR',
      'person.i: the server has no hashed vectors; they need SurrealDB 3.0. Upgrade it, or leave hashedVector out.',
    ],
    [
      {
        kind: 'define-event',
        table: 'person',
        name: 'e',
        when: undefined,
        then: surql`CREATE log`,
        asynchronous: { retry: 3, maxDepth: 2 },
      },
      'DEFINE EVENT OVERWRITE `e` ON `person` ASYNC RETRY 3 MAXDEPTH 2 THEN { CREATE log }',
      'person.e: the server has no asynchronous events; they need SurrealDB 3.0. Upgrade it, or leave async out.',
    ],
    [
      { ...FIELD, computed: surql`<~(book FIELD author)` },
      'DEFINE FIELD OVERWRITE `age` ON `person` TYPE int COMPUTED (<~(book FIELD author))',
      'person.age: the server has no references from other records; they need SurrealDB 3.0. Upgrade it, or filter the other model by its link.',
    ],
  ])('%#', (statement, text, message) => {
    expect(compile(statement, NEWEST).query).toBe(text)
    expect(compile(statement, LIMIT_BUG).query).toBe(text)
    expect(() => compile(statement, VERSION_2)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_VERSION', message }),
    )
  })

  it('has DISKANN from version 3.1 on', () => {
    const statement = index({
      kind: 'DISKANN',
      parameters: [
        ['DIMENSION', 3],
        ['DIST', 'INNER_PRODUCT'],
      ],
    })
    expect(compile(statement, NEWEST).query).toBe(
      'DEFINE INDEX OVERWRITE `i` ON `person` FIELDS `a` DISKANN DIMENSION 3 DIST INNER_PRODUCT',
    )
    for (const dialect of [LIMIT_BUG, VERSION_2]) expect(() => compile(statement, dialect)).toThrow(UnsupportedError)
  })
})

describe('a call of a function', () => {
  it('binds the arguments and quotes the name', () => {
    expect(compile({ kind: 'call-function', name: 'a::b c', arguments: [1, 'x'] }, NEWEST)).toEqual({
      query: 'RETURN fn::`a`::`b c`($p0, $p1)',
      bindings: { p0: 1, p1: 'x' },
    })
  })
})
