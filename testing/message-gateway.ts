import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isGenuine } from '#platform/webhook.ts'

export interface GatewayMessage {
  readonly id: string
  readonly channel: string
  readonly to: string
  readonly text: string
  readonly kind: string
  readonly link: string
  readonly attempt: number
}

export interface MessageGateway {
  readonly url: string
  /** What it passed on to people: an id it has seen is passed on once. */
  readonly passedOn: GatewayMessage[]
  /** Every request that was genuine, repeats included. */
  readonly requests: GatewayMessage[]
  forged: number
  /** What it answers instead of 204. */
  answer: (message: GatewayMessage) => number
  stop(): Promise<void>
}

/** A gateway for SMS and WeChat as an operator would run one: checks the signature, knows an id it has seen. */
export async function messageGateway(secret: string): Promise<MessageGateway> {
  const seen = new Set<string>()
  const here: MessageGateway = {
    url: '',
    passedOn: [],
    requests: [],
    forged: 0,
    answer: () => 204,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const signed = {
        id: header(request, 'webhook-id'),
        timestamp: header(request, 'webhook-timestamp'),
        signature: header(request, 'webhook-signature'),
        body,
      }
      if (!isGenuine(secret, signed, new Date())) {
        here.forged += 1
        response.writeHead(401).end()
        return
      }
      const message = JSON.parse(body) as GatewayMessage
      here.requests.push(message)
      const status = here.answer(message)
      if (status < 300 && !seen.has(signed.id)) {
        seen.add(signed.id)
        here.passedOn.push(message)
      }
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(here, { url: `http://127.0.0.1:${port}/messages` })
}

const header = ({ headers }: IncomingMessage, name: string) => String(headers[name] ?? '')
