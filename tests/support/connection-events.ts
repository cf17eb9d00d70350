import type { Connection } from '../../src/index.js'

/** What a connection told about itself, each with the status it had at that moment. */
export function recordEvents(connection: Connection): string[] {
  const events: string[] = []
  const note = (text: string): void => void events.push(`${text} (${connection.status})`)
  connection.on('connected', () => note('connected'))
  connection.on('disconnected', ({ code }) => note(`disconnected ${code}`))
  connection.on('reconnecting', (attempt) => note(`reconnecting ${attempt}`))
  connection.on('error', ({ code }) => note(`error ${code}`))
  connection.on('reconnected', () => note('reconnected'))
  return events
}
