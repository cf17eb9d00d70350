/** A program that ends, in the way it is told to, without closing anything. */
import { LinkUser } from '../../support/bridge-link.js'

const [url = '', how = ''] = process.argv.slice(2)
const user = await new LinkUser({ kind: 'embedded', urls: [url] }).start()
await user.query('DEFINE TABLE thing; CREATE thing SET name = "a"')

switch (how) {
  case 'forgotten':
    break
  case 'index':
    await user.query('DEFINE INDEX name ON thing FIELDS name')
    break
  case 'live with index':
    await listen()
    await user.query('DEFINE INDEX name ON thing FIELDS name; CREATE thing')
    break
  case 'live with full-text index':
    await listen()
    await user.query(
      'DEFINE ANALYZER words TOKENIZERS blank; DEFINE INDEX text ON thing FIELDS name FULLTEXT ANALYZER words BM25; CREATE thing SET name = "b"',
    )
    break
  case 'closed with live and index':
    await listen()
    await user.query('DEFINE INDEX name ON thing FIELDS name; CREATE thing')
    await user.close()
    break
  case 'exit in a query':
    void user.send('query', ['SLEEP 300ms', {}])
    void user.send('query', ['FOR $number IN 1..2000 { CREATE thing }', {}])
    setTimeout(() => process.exit(3), 20)
    break
  case 'exit in a long query':
    void user.send('query', ['SLEEP 5s', {}])
    setTimeout(() => process.exit(3), 20)
    break
  case 'throw':
    void user.send('query', ['SLEEP 200ms', {}])
    setTimeout(() => {
      throw new Error('thrown on purpose')
    }, 20)
    break
  default:
    throw new Error(`no such way to end: ${how}`)
}

/** A program that still listened would not end, so it stops before its end; the live query stays. */
async function listen(): Promise<void> {
  const stop = user.link.onNotification(() => {})
  await user.query('LIVE SELECT * FROM thing')
  stop()
}
