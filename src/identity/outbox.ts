import { createTransport } from 'nodemailer'

export interface Letter {
  recipient: string
  subject: string
  body: string
  /** The page the letter leads to. */
  linkPath: string
}

export type SendLetter = (letter: Letter) => Promise<void>

export function smtpSender(smtpUrl: string, publicUrl: string): SendLetter {
  const transport = createTransport(smtpUrl)
  const from = `Zhiyuan <no-reply@${new URL(publicUrl).hostname}>`
  return async (letter) => {
    await transport.sendMail({
      from,
      to: letter.recipient,
      subject: letter.subject,
      text: textOf(letter, publicUrl),
    })
  }
}

/** The letter as it leaves: its link is to the site as it is reached today. */
export function textOf({ body, linkPath }: Pick<Letter, 'body' | 'linkPath'>, publicUrl: string): string {
  return `${body}\n\n${new URL(linkPath, publicUrl).href}\n`
}
