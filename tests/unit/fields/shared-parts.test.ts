import { expect, test } from '@jest/globals'
import assert from 'node:assert/strict'
import {
  AnyField,
  Embeddable,
  EmbeddedDocument,
  EmbeddedField,
  ListField,
  ObjectField,
  RecordId,
  surql,
  ValidationError,
  type FieldDecorator,
} from '../../../src/index.js'
import { ValueCodec } from '../../../src/connection/calls/value-codec.js'
import { isSameValue } from '../../../src/fields/same-value.js'
import { modelOf, type AnyDocument } from '../../support/fields/model-of.js'

@Embeddable()
class Node extends EmbeddedDocument<Node>() {
  @EmbeddedField(() => Node) left?: Node
  @EmbeddedField(() => Node) right?: Node
}

/** A value of few objects which, written out, has 2^45 parts. */
function shared(hold: (inner: unknown) => unknown): unknown {
  let value: unknown = {}
  for (let level = 0; level < 45; level++) value = hold(value)
  return value
}

const SHARED: Readonly<Record<string, readonly [FieldDecorator<never>, unknown]>> = {
  any: [AnyField() as never, shared((inner) => [inner, inner])],
  'any, of sets': [AnyField() as never, shared((inner) => new Set([[inner], inner]))],
  object: [ObjectField() as never, shared((inner) => ({ a: inner, b: inner }))],
  list: [ListField(AnyField()) as never, shared((inner) => [inner, inner])],
  embedded: [
    EmbeddedField(() => Node) as never,
    shared((inner) => (inner instanceof Node ? new Node({ left: inner, right: inner }) : new Node({}))),
  ],
}

/** Without an end to the walk, none of these would ever come back. */
test.each(Object.entries(SHARED))('what holds the same parts over and over is refused: %s', (name, [field, value]) => {
  const model = modelOf(`shared_${name}`, { it: field })
  const document = Object.assign(model.fromRecord({ id: new RecordId('it', 'x') }) as AnyDocument, { it: value })
  expect(document.isDirty).toBe(true)
  const error = errorOf(() => document.validateSync())
  assert(error instanceof ValidationError)
  expect(error.issues.map(({ code }) => code)).toEqual(['too_large'])
  expect(error.issues[0]!.path[0]).toBe('it')
  expect(error.message).toContain('holds the same parts over and over')
})

test('nothing else that is done with it goes on without end', () => {
  const [, value] = SHARED['any']!
  const model = modelOf('shared_done', { it: AnyField() as never })
  expect(() => new model({ it: value } as never).saveSync()).toThrow(ValidationError)
  expect(() => model.objects.allowAll().updateSync({ it: value } as never)).toThrow(ValidationError)
  const found = model.objects.filter({ it: value } as never).toSurrealQL()
  expect(found.query).toBe('SELECT * FROM `shared_done` WHERE (`it` = $p0)')
  const codec = new ValueCodec()
  expect(() => codec.encode(found.bindings)).toThrow(ValidationError)
  expect(codec.decode(codec.encode({ a: [1] }))).toEqual({ a: [1] })
  const cyclic: unknown[] = []
  cyclic.push(cyclic)
  const { bindings } = model.objects.filter({ it: cyclic } as never).toSurrealQL()
  expect(() => codec.encode(bindings)).toThrow('is nested too deeply, or holds itself')
  const error = errorOf(() => new model({ it: value } as never).toObject())
  expect(error).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ path: ['it'], code: 'too_large' }] })
})

test('a value of many parts is fine, and so is one that holds the same part in many places', () => {
  const model = modelOf('shared_many', { it: AnyField() as never })
  const point = { x: 1 }
  // more than are gone through unwatched, and fewer copies than are too many
  for (const it of [Array.from({ length: 15_000 }, () => ({ x: 1 })), new Array(80_000).fill(point)]) {
    const document = new model({ it } as never) as AnyDocument
    assert(isSameValue(document.validateSync().toObject(), { it }))
  }
})

test('no definition has such a value', () => {
  const wide = shared((inner) => [inner])
  expect(() => surqlOf(wide)).toThrow('levels, which servers do not read')
  let value: unknown = 1
  for (let level = 0; level < 10; level++) value = new Array(10).fill(value)
  expect(() => surqlOf(value)).toThrow('a value of too many parts')
})

function surqlOf(value: unknown): string {
  const model = modelOf(`shared_default_${String(Math.random())}`, {
    it: AnyField({ default: surql`${value}` }) as never,
  })
  return model.defineStatements()
}

function errorOf(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
