import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedLetter {
  readonly to: string
  readonly raw: string
  /** Without the angle brackets. */
  readonly messageId: string
}

export interface MailServer {
  readonly url: string
  readonly received: ReceivedLetter[]
  /** Called with each letter when the server has it whole, before it says so. */
  onLetter: (letter: ReceivedLetter) => void
  /** Mailboxes it refuses, with the answer it gives. */
  readonly refused: Map<string, { code: number; words: string }>
  stop(): Promise<void>
}

/** A real mail server on the loopback: what the platform sends crosses a socket and is parsed by somebody else's code. */
export async function mailServer(): Promise<MailServer> {
  const received: ReceivedLetter[] = []
  const refused: MailServer['refused'] = new Map()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const answer = refused.get(address)
      done(
        answer === undefined ? null : Object.assign(new Error(answer.words), { responseCode: answer.code }),
      )
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString()
        const letter = {
          to: session.envelope.rcptTo[0]?.address ?? '',
          raw,
          messageId: /^message-id:\s*<([^>]+)>/imu.exec(raw)?.[1] ?? '',
        }
        received.push(letter)
        here.onLetter(letter)
        done()
      })
    },
  })
  // A client that dies in the middle is what some tests are about.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const here: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    onLetter: () => {},
    refused,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return here
}
