import { expect, test } from '@jest/globals'
import { everywhere } from '../support/everywhere.js'

everywhere(
  'changes of a session beside queries',
  (place) => {
    test('neither lock it up nor get lost', async () => {
      const { connection, mode } = place
      let isOver = false
      const queries = Array.from({ length: 4 }, async () => {
        let asked = 0
        for (; !isOver; asked++) await connection.query('RETURN [$turn, session::db()]')
        return asked
      })
      for (let turn = 0; turn < 1_500; turn++) {
        await mode(connection).let('turn', turn)
        if (turn % 100 === 0) expect((await connection.query('RETURN $turn'))[0]).toBe(turn)
      }
      isOver = true
      for (const asked of await Promise.all(queries)) expect(asked).toBeGreaterThan(0)
      expect(await mode(connection).query('RETURN $turn')).toEqual([1_499])
    })

    test('come in the order they were made', async () => {
      const { connection } = place
      const changes = Array.from({ length: 20 }, async (_, turn) => {
        await connection.let('turn', turn)
        return turn
      })
      const between = connection.query('RETURN $turn')
      await Promise.all(changes)
      expect(await between).toEqual([19])
    })
  },
  ['mem', 'ws'],
)
