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

export function registrationLetter(recipient: string, linkPath: string): Letter {
  return {
    channel: 'mail',
    recipient,
    subject: '开通知园账号 / Open your Zhiyuan account',
    body: [
      '有人以此邮箱申请开通知园账号。请在 24 小时内打开以下链接，填写姓名并设置密码；如非本人操作，请忽略本邮件，不会开通任何账号。',
      '',
      'Somebody asked to open a Zhiyuan account with this mailbox. Open the link within 24 hours to give a name and set a',
      'password. If it was not you, do nothing: no account will be opened.',
    ].join('\n'),
    linkPath,
  }
}

export function alreadyRegisteredLetter(recipient: string): Letter {
  return {
    channel: 'mail',
    recipient,
    subject: '您已有知园账号 / You have a Zhiyuan account',
    body: [
      '有人以此邮箱申请开通知园账号，而此邮箱已有账号。请直接登录；忘记密码可在登录页重置。如非本人操作，请忽略本邮件。',
      '',
      'Somebody asked to open a Zhiyuan account with this mailbox, which has one already. Sign in, or reset the password',
      'from the sign-in page. If it was not you, do nothing.',
    ].join('\n'),
    linkPath: '/sign-in',
  }
}
