import { expect, test } from '@jest/globals'
import { Collection, Document, RecordId, StringField, ValidationError } from '../../../src/index.js'
import { everywhere } from '../../support/everywhere.js'
import { errorOf } from '../../support/error-of.js'

@Collection('unknown_log', { unknownFields: 'keep' })
class Log extends Document<Log>() {
  [key: string]: unknown
  @StringField({ dbField: 'kind_of_log' }) kind?: string
}

@Collection('unknown_strict')
class Strict extends Document<Strict>() {
  @StringField() name?: string
}

everywhere(
  'unknown fields',
  (place) => {
    const { mode } = place

    test('are held, saved, loaded and shown', async () => {
      const made = await mode(Log).create({ kind: 'a', size: 3, where: { city: 'Paris', at: [1, { x: 2 }] } })
      expect(made.isDirty).toBe(false)
      const log = await mode(Log).get(made.id)
      const fields = { kind: 'a', size: 3, where: { city: 'Paris', at: [1, { x: 2 }] } }
      expect(log.toObject()).toEqual({ id: made.id, ...fields })
      expect(log.toJSON()).toEqual({ id: String(made.id), ...fields })
      expect(log['size']).toBe(3)
      expect(await mode(Log.objects.filter({ size__gte: 3, where__city: 'Paris' } as never)).exists()).toBe(true)
    })

    test('are tracked, in place and key by key', async () => {
      const log = await mode(Log).create({
        id: new RecordId('unknown_log', place.modeName),
        where: { a: 1, b: 2 },
        n: 1,
      })
      const where = log['where'] as Record<string, unknown>
      await mode(place.connection).query('UPDATE unknown_log SET where.c = 3, other = true')
      where['a'] = 5
      delete where['b']
      log['more'] = [1]
      delete log['n']
      expect(Object.keys(log.changes()).sort()).toEqual(['more', 'n', 'where'])
      await mode(log).save()
      expect(log.isDirty).toBe(false)
      const loaded = await mode(Log).get(log.id)
      expect(loaded.toObject()).toEqual({ id: log.id, where: { a: 5, c: 3 }, other: true, more: [1] })
      ;(loaded['more'] as unknown[]).push(2)
      loaded['new'] = 1
      expect(loaded.isDirty).toBe(true)
      loaded.revert()
      expect(loaded.isDirty).toBe(false)
      expect(loaded.toObject()).toEqual({ id: log.id, where: { a: 5, c: 3 }, other: true, more: [1] })
      await mode(loaded).update({ extra: 'x' })
      expect(await mode(Log.objects.filter({ extra: 'x' } as never)).get()).toEqual(loaded)
      await mode(loaded).delete()
    })

    test('never stand in the place of members, and what cannot be stored is refused', async () => {
      await mode(place.connection).query('CREATE unknown_log:odd CONTENT { save: 1, toString: 2, kind: 3, fine: 4 }')
      const log = await mode(Log).get('odd')
      expect(log.toObject()).toEqual({ id: log.id, fine: 4 })
      await mode(log).update({ fine: 5 })
      const [[row]] = (await mode(place.connection).query('SELECT * FROM unknown_log:odd')) as [[object]]
      expect(row).toEqual({ id: log.id, save: 1, toString: 2, kind: 3, fine: 5 })
      const cyclic: Record<string, unknown> = {}
      cyclic['self'] = cyclic
      const refusals: [string, unknown, object][] = [
        ['cyclic', cyclic, { path: ['cyclic', 'self'], code: 'cyclic' }],
        ['run', () => 1, { path: ['run'], code: 'invalid_type' }],
        ['sign', Symbol('x'), { path: ['sign'], code: 'invalid_type' }],
        ['deep', { run: () => 1 }, { path: ['deep', 'run'], code: 'invalid_type' }],
      ]
      for (const [name, value, issue] of refusals) {
        log[name] = value
        const error = await errorOf(() => mode(log).save())
        expect(error).toBeInstanceOf(ValidationError)
        expect(error).toMatchObject({ issues: [issue] })
        delete log[name]
      }
      const refused = await errorOf(async () => new Log({ save: 1, kind_of_log: 'x' } as never))
      expect(refused).toMatchObject({ issues: [{ path: ['save'] }, { path: ['kind_of_log'] }] })
      await mode(log).delete()
    })

    test('are refused by other models, which leave them in the database', async () => {
      expect(await errorOf(async () => new Strict({ other: 1 } as never))).toBeInstanceOf(ValidationError)
      await mode(place.connection).query('CREATE unknown_strict:a SET name = "a", other = 1')
      const strict = await mode(Strict).get('a')
      expect(strict.toObject()).toEqual({ id: strict.id, name: 'a' })
      await mode(strict).update({ name: 'b' })
      const [[row]] = (await mode(place.connection).query('SELECT * FROM unknown_strict:a')) as [[object]]
      expect(row).toEqual({ id: strict.id, name: 'b', other: 1 })
      await mode(strict).delete()
    })
  },
  ['mem', 'ws'],
)
