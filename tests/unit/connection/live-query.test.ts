import { randomUUID } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { Uuid } from 'surrealdb'
import type { Answer, Link, LinkQuestion } from '../../../src/connection/bridge/link.js'
import { LiveQuery } from '../../../src/connection/live/live-query.js'
import { ValueCodec } from '../../../src/connection/calls/value-codec.js'

it('brings nothing after kill(), even what was on its way already', async () => {
  const codec = new ValueCodec()
  const bytes = codec.encode({ action: 'CREATE', record: 'x', result: {} })
  const asked: LinkQuestion['operation'][] = []
  let arrive: (answer: Answer) => void = () => {}
  const link = {
    ask: async ({ operation }: LinkQuestion): Promise<Answer> => {
      asked.push(operation)
      return operation === 'next' ? await new Promise((resolve) => (arrive = resolve)) : {}
    },
  } as unknown as Link
  const more = { isEmbedded: true, connection: 'x', live: 1, timeout: 1000, onEnd: () => {} }
  const live = new LiveQuery(new Uuid(randomUUID()), { link, codec, ...more })
  const reading = live.next()
  await live.kill()
  arrive({ items: [{ kind: 'notification', bytes }] })
  expect(await reading).toEqual({ done: true, value: undefined })
  expect(await live.next()).toEqual({ done: true, value: undefined })
  expect(asked).toEqual(['next', 'kill'])
})
