import { createTransport } from 'nodemailer'
import { CannotBeDelivered, type Outgoing, type Send } from './outbox.ts'

/**
 * Hands letters to a mail server. The Message-ID is made of the outbox id, so that a letter that had to be sent again after
 * a crash is one letter to every mail program, and to most mail servers.
 */
export function smtpSender(smtpUrl: string, publicUrl: string): Send {
  const transport = createTransport(smtpUrl, {
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  } as object)
  const { hostname } = new URL(publicUrl)
  const from = `Zhiyuan <no-reply@${hostname}>`
  return async (letter) => {
    try {
      await transport.sendMail({
        from,
        to: letter.recipient,
        subject: letter.subject,
        text: textOf(letter, publicUrl),
        date: letter.createdAt,
        messageId: `<${letter.id}@${hostname}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Zhiyuan-Attempt': String(letter.attempt) },
      })
    } catch (error) {
      throw isFinal(error) ? new CannotBeDelivered(wordsOf(error)) : error
    }
  }
}

/** 5xx answers to the recipient or the letter are final; to the sign-in they are the operator's to mend, and may pass. */
function isFinal(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { responseCode, command } = error as { responseCode?: number; command?: string }
  return responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** The letter as it leaves: its link is to the site as it is reached today. */
export function textOf({ body, linkPath }: Pick<Outgoing, 'body' | 'linkPath'>, publicUrl: string): string {
  return `${body}\n\n${new URL(linkPath, publicUrl).href}\n`
}
