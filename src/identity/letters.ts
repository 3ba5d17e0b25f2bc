import type { NewOutgoing } from '#platform/outbox.ts'

type Letter = NewOutgoing

/** Letters are in both languages: who reads one has not always chosen a language yet. */
export function passwordResetLetter(recipient: string, linkPath: string): Letter {
  return {
    channel: 'mail',
    recipient,
    subject: '重置密码 / Reset your password',
    body: [
      '有人请求重置此邮箱在知园的密码。请在一小时内打开以下链接设置新密码；如非本人操作，请忽略本邮件，密码不会改变。',
      '',
      'Somebody asked to reset the Zhiyuan password of this mailbox. Open the link within one hour to set a new one.',
      'If it was not you, do nothing: the password stays as it is.',
    ].join('\n'),
    linkPath,
  }
}

export function invitationLetter(recipient: string, organisationName: string, linkPath: string): Letter {
  return {
    channel: 'mail',
    recipient,
    subject: `${organisationName} 邀请您加入知园 / An invitation to Zhiyuan`,
    body: [
      `${organisationName} 邀请您以其成员身份使用知园。请在七天内打开以下链接接受邀请。`,
      '',
      `${organisationName} invites you to use Zhiyuan as its member. Open the link within seven days to accept.`,
    ].join('\n'),
    linkPath,
  }
}

export function welcomeLetter(recipient: string, linkPath: string): Letter {
  return {
    channel: 'mail',
    recipient,
    subject: '您的知园账号 / Your Zhiyuan account',
    body: [
      '管理员已为您开通知园账号。请在七天内打开以下链接设置密码。',
      '',
      'An administrator has opened a Zhiyuan account for you. Open the link within seven days to set a password.',
    ].join('\n'),
    linkPath,
  }
}
