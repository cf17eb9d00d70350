import { afterAll, beforeAll, describe } from '@jest/globals'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { LinkTarget } from '../../src/connection/bridge/link.js'
import { LINK_MODES, LinkUser } from '../support/bridge-link.js'
import { startServer, type TestServer } from '../support/server/server.js'
import { removeDirectory } from '../support/remove-directory.js'

export type LinkPlace = 'mem' | 'surrealkv' | 'rocksdb' | 'ws' | 'http'
export const LINK_PLACES: readonly LinkPlace[] = ['mem', 'surrealkv', 'rocksdb', 'ws', 'http']

/** Describes the same tests for every kind of link, in both modes; `user` is an open link. */
export function onEveryLink(
  places: readonly LinkPlace[],
  body: (user: () => LinkUser, place: LinkPlace, server: () => TestServer) => void,
): void {
  for (const place of places) {
    const isRemote = place === 'ws' || place === 'http'
    describe(place, () => {
      let server: TestServer | undefined
      beforeAll(async () => {
        if (isRemote) server = await startServer()
      })
      afterAll(() => server?.stop())
      for (const mode of LINK_MODES) {
        describe(mode, () => {
          let user: LinkUser | undefined
          beforeAll(async () => {
            user = await new LinkUser(targetOf(place, server), mode).start()
          })
          afterAll(() => user?.close())
          body(
            () => user!,
            place,
            () => server!,
          )
        })
      }
    })
  }
}

function targetOf(place: LinkPlace, server: TestServer | undefined): LinkTarget {
  switch (place) {
    case 'ws':
      return { kind: 'websocket', urls: [server!.wsUrl] }
    case 'http':
      return { kind: 'http', urls: [server!.httpUrl] }
    case 'mem':
      return { kind: 'embedded', urls: ['mem://'] }
    case 'surrealkv':
    case 'rocksdb':
      return { kind: 'embedded', urls: [`${place}:${newDirectory()}/store`] }
    default:
      return place satisfies never
  }
}

const directories: string[] = []

afterAll(async () => {
  for (const directory of directories) await removeDirectory(directory)
})

/** An empty directory that is removed after the tests of this file. */
export function newDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-bridge-'))
  directories.push(directory)
  return directory
}
