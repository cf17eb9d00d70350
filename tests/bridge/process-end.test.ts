import { describe, expect, it } from '@jest/globals'
import { repeat, runBundled } from '../support/bridge-child.js'
import { LinkUser } from '../support/bridge-link.js'
import { newDirectory } from './links.js'

describe('a process that never closes its store', () => {
  const ends = (url: () => string, how: string, times: number) =>
    repeat(times, () => runBundled('end', url(), how).ended)
  const codes = (results: readonly { code: number | null; signal: string | null }[]) => [
    ...new Set(results.map(({ code, signal }) => signal ?? code)),
  ]

  for (const [how, code] of [
    ['forgotten', 0],
    ['live with index', 0],
    ['live with full-text index', 0],
    ['closed with live and index', 0],
    ['exit in a query', 3],
    ['throw', 1],
  ] as const) {
    it(`ends by itself with code ${code}: ${how}`, async () => {
      expect(codes(await ends(() => 'mem://', how, 10))).toEqual([code])
    })
  }

  it('is held up by a long query for two seconds at most', async () => {
    const ended = codes(await ends(() => 'mem://', 'exit in a long query', 2))
    // the engine may crash while the process ends under its query (docs/limits.md)
    for (const code of ended) expect([3, 'SIGSEGV']).toContain(code)
    expect(ended).not.toEqual([])
  })

  for (const scheme of ['surrealkv', 'rocksdb']) {
    it(`ends by itself (${scheme})`, async () => {
      const newUrl = () => `${scheme}:${newDirectory()}/store`
      expect(codes(await ends(newUrl, 'index', 2))).toEqual([0])
      expect(codes(await ends(newUrl, 'live with full-text index', 3))).toEqual([0])
      expect(codes(await ends(newUrl, 'exit in a query', 3))).toEqual([3])
    })

    it(`has kept every write it acknowledged when it is killed (${scheme})`, async () => {
      const url = `${scheme}:${newDirectory()}/store`
      const writer = runBundled('write', url)
      await writer.printed('acknowledged 50\n')
      writer.process.kill('SIGKILL')
      const { output } = await writer.ended
      const acknowledged = Math.max(
        ...[...output.matchAll(/acknowledged (\d+)\n/g)].map(([, number]) => Number(number)),
      )
      const user = await new LinkUser({ kind: 'embedded', urls: [url] }).start()
      const [stored] = (await user.query('SELECT VALUE number FROM thing')) as [number[]]
      await user.close()
      for (let number = 1; number <= acknowledged; number++) expect(stored).toContain(number)
    })
  }
})
