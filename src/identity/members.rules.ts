import { isRole, ROLES, type Role } from './roles.ts'

export type InvitationState = 'open' | 'accepted' | 'revoked' | 'expired'

export function invitationState(
  invitation: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): InvitationState {
  if (invitation.acceptedAt !== null) return 'accepted'
  if (invitation.revokedAt !== null) return 'revoked'
  return invitation.expiresAt <= now ? 'expired' : 'open'
}

/**
 * The role that an account opened by invitation starts with: that of the organisation it joins, as its inviter holds
 * it. Roles of public offices are never passed on by invitation; an administrator gives those.
 */
export function roleForMemberOf(inviterRoles: readonly string[]): Role {
  return inviterRoles.find((role): role is Role => isRole(role) && !ROLES[role].staff) ?? 'citizen'
}
