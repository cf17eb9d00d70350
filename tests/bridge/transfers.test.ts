import { expect, it } from '@jest/globals'
import { nothing, type Transfer } from '../../src/connection/bridge/host/transfer/transfer.js'
import { Transfers } from '../../src/connection/bridge/host/transfer/transfers.js'
import type { LinkReply, TransferRequest } from '../../src/connection/bridge/link.js'

const request = (transfer: number): TransferRequest => ({
  transfer,
  kind: 'export',
  namespace: 'a',
  database: 'b',
  token: undefined,
  choice: undefined,
})

class FakeTransfer implements Transfer {
  drops = 0
  constructor(readonly replies: LinkReply[]) {}
  write = () => this.read()
  read = () => Promise.resolve(this.replies.shift() ?? nothing())
  drop = () => void this.drops++
}

const piece: LinkReply = { ok: true, bytes: new Uint8Array([1]) }
const lost: LinkReply = { ok: false, failure: { reason: 'lost', message: 'gone' } }

it('lets go of a transfer at its end, and after a failure', async () => {
  const fakes = [new FakeTransfer([piece]), new FakeTransfer([piece, lost])]
  const transfers = new Transfers(({ transfer }) => Promise.resolve(fakes[transfer]!))
  for (const number of [0, 1]) {
    expect(await transfers.start(request(number), 1000)).toEqual(nothing())
    expect(await transfers.read(number, 1000)).toEqual(piece)
    expect(fakes[number]!.drops).toBe(0)
  }
  expect(await transfers.read(0, 1000)).toEqual(nothing())
  expect(await transfers.read(1, 1000)).toEqual(lost)
  expect(fakes.map(({ drops }) => drops)).toEqual([1, 1])
  expect(await transfers.read(1, 1000)).toMatchObject({ ok: false, failure: { reason: 'lost' } })
})

it('lets go of all of them when it is closed, of one on its way too', async () => {
  const fakes = [new FakeTransfer([]), new FakeTransfer([])]
  let open: (transfer: Transfer) => void = () => {}
  const late = new Promise<Transfer>((resolve) => (open = resolve))
  const transfers = new Transfers(({ transfer }) => (transfer === 0 ? Promise.resolve(fakes[0]!) : late))
  await transfers.start(request(0), 1000)
  const starting = transfers.start(request(1), 1000)
  transfers.dropAll()
  open(fakes[1]!)
  await starting
  expect(fakes.map(({ drops }) => drops)).toEqual([1, 1])
  expect(await transfers.read(1, 1000)).toMatchObject({ ok: false, failure: { reason: 'closed' } })
})
