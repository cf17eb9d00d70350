import { jest } from '@jest/globals'
import type { Connection } from '../../src/index.js'

/** The text of every query that `work` sends through a connection. */
export async function sentQueries(connection: Connection, work: () => unknown): Promise<string[]> {
  const spies = [jest.spyOn(connection, 'execute'), jest.spyOn(connection, 'executeSync')]
  try {
    await work()
    return spies.flatMap((spy) => spy.mock.calls.map(([{ query }]) => query))
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
